import { ownCtx } from "@/lib/auth/current";
import { requireOwnOrigin } from "@/lib/http/origin";
import { problemDetails } from "@/lib/http/problem-details";
import { stopViewing } from "@/lib/users/commands/view-as";

/**
 * Ends the view of this session. A route and not an action, so that the browser loads the next page again: nothing that was fetched in the
 * view is shown after it.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const ctx = await ownCtx();
    requireOwnOrigin(request.headers);
    const { id } = await stopViewing(ctx, {});
    const location = id === null ? "/" : `/admin/users/${id}`;
    return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
  } catch (error) {
    return problemDetails(error, request.headers.get("x-request-id"));
  }
}
