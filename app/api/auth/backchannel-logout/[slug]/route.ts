import { anonymousCtx } from "@/lib/auth/current";
import { problemOf } from "@/lib/http/problem";
import { receiveLogout } from "@/lib/sign-in/providers/logout";

type Context = { params: Promise<{ slug: string }> };

/** I7: a provider proves itself by its logout token. Cookies are never looked at. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const ctx = await anonymousCtx();
  try {
    return await receiveLogout(ctx, request, (await params).slug);
  } catch (error) {
    return problemOf(error, ctx.source.requestId);
  }
}
