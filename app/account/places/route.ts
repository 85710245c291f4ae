import { currentCtx } from "@/lib/auth/current";
import { problemDetails } from "@/lib/http/problem-details";
import { placesFor } from "@/lib/shell/places";

/** What the palette offers by name, for the person who is signed in. */
export async function GET(): Promise<Response> {
  try {
    const ctx = await currentCtx();
    return Response.json(placesFor(ctx), { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemDetails(error, null);
  }
}
