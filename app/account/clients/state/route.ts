import { currentCtx } from "@/lib/auth/current";
import { listClientStates } from "@/lib/clients/queries";
import { problemDetails } from "@/lib/http/problem-details";

/** What the waiting pages poll: the state of some clients, for the person who is signed in (C3). */
export async function GET(request: Request): Promise<Response> {
  try {
    const ctx = await currentCtx();
    const clients = await listClientStates(ctx, new URL(request.url).searchParams.getAll("id"));
    return Response.json({ clients }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemDetails(error, null);
  }
}
