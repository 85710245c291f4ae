import sharp from "sharp";
import { notAPicture, type PicturePosition } from "@/lib/account/picture-rules";
import { invalidField } from "@/lib/errors";

/** Pixels of a side. */
const side = 256;
const mostPixels = 50_000_000;

const gravities: Record<PicturePosition, string> = { middle: "centre", start: "northwest", end: "southeast" };

/**
 * A square WebP of 256 pixels, made anew from the pixels alone: no metadata, no second frame and no byte of the file
 * survive. Throws `invalid` for what is no JPEG, PNG or WebP, or has too many pixels.
 */
export async function encodePicture(bytes: Buffer, position: PicturePosition): Promise<Buffer> {
  if (!isPicture(bytes)) throw invalidField("picture", notAPicture);
  try {
    return await sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", pages: 1 })
      .timeout({ seconds: 10 })
      .autoOrient()
      .resize(side, side, { fit: "cover", position: gravities[position] })
      .webp({ quality: 82 })
      .toBuffer();
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    if (/pixel limit/.test(words))
      throw invalidField("picture", "The picture has more than 50 million pixels. Choose a smaller one.");
    throw invalidField("picture", notAPicture);
  }
}

/** By the first bytes, before a decoder sees them: other formats reach none. */
function isPicture(bytes: Buffer): boolean {
  const at = (from: number, text: string) => bytes.toString("latin1", from, from + text.length) === text;
  return at(0, "\xff\xd8\xff") || at(0, "\x89PNG\r\n\x1a\n") || (at(0, "RIFF") && at(8, "WEBP"));
}
