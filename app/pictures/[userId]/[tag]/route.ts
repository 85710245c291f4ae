import { readPicture } from "@/lib/account/picture";
import { currentCtx } from "@/lib/auth/current";
import { problemDetails } from "@/lib/http/problem-details";

type Props = { params: Promise<{ userId: string; tag: string }> };

/** Somebody's picture. Its address names its bytes, so a browser may keep it, but nobody between. */
export async function GET(_: Request, { params }: Props): Promise<Response> {
  try {
    const ctx = await currentCtx();
    const { userId, tag } = await params;
    const image = await readPicture(ctx, userId, tag);
    return new Response(new Uint8Array(image), {
      headers: {
        "content-type": "image/webp",
        "content-length": String(image.byteLength),
        "content-disposition": "inline",
        "cache-control": "private, max-age=86400, immutable",
      },
    });
  } catch (error) {
    return problemDetails(error, null);
  }
}
