import { anonymousCtx } from "@/lib/auth/current";
import { problemDetails } from "@/lib/http/problem-details";
import { receiveLogout } from "@/lib/sign-in/providers/logout";

type Context = { params: Promise<{ slug: string }> };

/** I7: a provider proves itself by its logout token. Cookies are never looked at. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const ctx = await anonymousCtx();
  try {
    return await receiveLogout(ctx, request, (await params).slug);
  } catch (error) {
    return problemDetails(error, ctx.source.requestId);
  }
}
