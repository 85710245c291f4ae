import { anonymousCtx } from "@/lib/auth/current";
import { problemDetails } from "@/lib/http/problem-details";
import { publishedKeys } from "@/lib/signing-keys/published";

/** C12: by which keys the product's services check access tokens. */
export async function GET(): Promise<Response> {
  const ctx = await anonymousCtx();
  try {
    const keys = await publishedKeys(ctx.db);
    return Response.json({ keys }, { headers: { "cache-control": "public, max-age=600" } });
  } catch (error) {
    return problemDetails(error, ctx.source.requestId);
  }
}
