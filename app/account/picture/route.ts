import { setPicture } from "@/lib/account/picture";
import { largestPicture, tooLarge } from "@/lib/account/picture-rules";
import { currentCtx } from "@/lib/auth/current";
import { pictureShare } from "@/lib/capacity/heavy-work";
import { AppError, invalidField } from "@/lib/errors";
import { refusal } from "@/lib/http/action";
import { BodyError, readBytes } from "@/lib/http/json-body";
import { requireOwnOrigin } from "@/lib/http/origin";
import { describeRefusal } from "@/lib/http/refusal";

/** Sets one's own picture: the file is the body. */
export async function POST(request: Request): Promise<Response> {
  try {
    const ctx = await currentCtx();
    requireOwnOrigin(request.headers);
    const value = await pictureShare.within(ctx.actor.id, async () =>
      setPicture(ctx, { bytes: await received(request) }),
    );
    return Response.json({ ok: true, value });
  } catch (error) {
    const refused = refusal(error, request.headers.get("x-request-id"));
    if (error instanceof AppError && error.code === "rate_limited")
      return Response.json(refused, describeRefusal(error));
    if (refused.code === "unavailable") return Response.json(refused, { status: 503, headers: { "retry-after": "5" } });
    return Response.json(refused, { status: refused.code === "unexpected" ? 500 : 400 });
  }
}

/** Counted as they arrive, and whole: what comes in through the middleware may have been cut. */
async function received(request: Request): Promise<Buffer> {
  const told = Number(request.headers.get("content-length") ?? 0);
  const bytes = await readBytes(request, largestPicture).catch((error) => {
    throw error instanceof BodyError ? invalidField("picture", tooLarge) : error;
  });
  if (bytes.byteLength !== told) throw invalidField("picture", "The upload was incomplete. Try again.");
  return bytes;
}
