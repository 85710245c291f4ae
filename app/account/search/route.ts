import { currentCtx } from "@/lib/auth/current";
import { parseInput } from "@/lib/http/parse-input";
import { problemDetails } from "@/lib/http/problem-details";
import { searchConsole } from "@/lib/shell/search";
import { searchSchema } from "@/lib/shell/search-schema";

/** What the palette finds while somebody types. A route and not an action: it can be aborted, and blocks nothing. */
export async function GET(request: Request): Promise<Response> {
  try {
    const ctx = await currentCtx();
    const { q } = parseInput(searchSchema, { q: new URL(request.url).searchParams.get("q") });
    return Response.json(await searchConsole(ctx, q), { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemDetails(error, null);
  }
}
