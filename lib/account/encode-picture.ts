import sharp, { type Metadata } from "sharp";
import { notAPicture, type PicturePosition } from "@/lib/account/picture-rules";
import { createQueue } from "@/lib/capacity/queue";
import { invalidField } from "@/lib/errors";

/** Pixels of a side. */
const side = 256;
const mostPixels = 50_000_000;
/** Bytes that a decoder may need at once for a picture that it cannot read row by row. */
const mostUnfolded = 160_000_000;

// No picture comes twice, and one thread leaves the other processor to everybody else.
sharp.cache(false);
sharp.concurrency(1);

const { inTurn } = createQueue("pictures", {
  atOnce: 1,
  mostWaiting: 8,
  full: "Many people are saving a picture at this moment. Try again in a few seconds.",
  retryAfter: 5,
});

const gravities: Record<PicturePosition, string> = { middle: "centre", start: "northwest", end: "southeast" };

/**
 * A square WebP of 256 pixels, made anew from the pixels alone: no metadata, no second frame and no byte of the file
 * survive. One at a time. Throws `invalid` for what is no JPEG, PNG or WebP, or too large to decode, as its header says;
 * `rate_limited` when the queue is full.
 */
export async function encodePicture(bytes: Buffer, position: PicturePosition): Promise<Buffer> {
  if (!isPicture(bytes)) throw invalidField("picture", notAPicture);
  return inTurn(async () => {
    refuseLarge(bytes, await readable(open(bytes).metadata()));
    return readable(
      open(bytes)
        .timeout({ seconds: 10 })
        .autoOrient()
        .resize(side, side, { fit: "cover", position: gravities[position], fastShrinkOnLoad: true })
        .webp({ quality: 82 })
        .toBuffer(),
    );
  });
}

const open = (bytes: Buffer) => sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", pages: 1 });

/** The decoder's words are for nobody. */
async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    if (/pixel limit/.test(words)) throw tooManyPixels();
    throw invalidField("picture", notAPicture);
  }
}

const tooManyPixels = () =>
  invalidField("picture", "The picture has more than 50 million pixels. Choose a smaller one.");

function refuseLarge(bytes: Buffer, header: Metadata): void {
  if (header.width * header.height > mostPixels) throw tooManyPixels();
  if (unfolded(bytes, header) > mostUnfolded)
    throw invalidField("picture", "The picture takes too much memory to read. Choose a smaller one.");
}

/**
 * Bytes that a decoder holds of the whole picture at once: the coefficients of a progressive JPEG, two bytes each (ITU T.81,
 * annex G), the passes of an interlaced PNG, all pixels of a lossless WebP. Anything else is read row by row, or reduced.
 */
function unfolded(bytes: Buffer, header: Metadata): number {
  const { width, height, channels, depth, format, isProgressive, chromaSubsampling } = header;
  const pixels = width * height;
  if (format === "webp") return bytes.includes("VP8L") ? pixels * 4 : 0;
  if (!isProgressive) return 0;
  if (format === "jpeg") return pixels * 2 * (chromaSubsampling === "4:2:0" ? 1.5 : channels);
  return pixels * channels * (depth === "ushort" ? 2 : 1);
}

/** By the first bytes, before a decoder sees them: other formats reach none. */
function isPicture(bytes: Buffer): boolean {
  const at = (from: number, text: string) => bytes.toString("latin1", from, from + text.length) === text;
  return at(0, "\xff\xd8\xff") || at(0, "\x89PNG\r\n\x1a\n") || (at(0, "RIFF") && at(8, "WEBP"));
}
