import { stderr, stdin, stdout } from "node:process";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";

/**
 * Encodes one picture and ends: `encode-picture-process.mjs < picture > 256.webp`. Ends
 * with 2 and one word in the place of errors for a picture that is refused. See lib/account/encode-picture.ts.
 */
const refused = 2;

/** Pixels of a side of what is kept. */
const side = 256;
const mostPixels = 50_000_000;
/** Bytes that a decoder may need at once for a picture that it cannot read row by row. */
const mostUnfolded = 160_000_000;

sharp.cache(false);
sharp.concurrency(1);

const bytes = await buffer(stdin);
const open = () => sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", pages: 1 });

try {
  const header = await open().metadata();
  if (header.width * header.height > mostPixels) refuse("pixels");
  else if (unfolded(header) > mostUnfolded) refuse("memory");
  else stdout.write(await encoded());
} catch (error) {
  refuse(/pixel limit/.test(error.message) ? "pixels" : "unreadable");
}

/** Made again from the pixels alone: no metadata, no second frame and no byte of the file survive. */
function encoded() {
  return open()
    .autoOrient()
    .resize(side, side, { fit: "cover", position: "centre", fastShrinkOnLoad: true })
    .webp({ quality: 82 })
    .toBuffer();
}

function refuse(word) {
  stderr.write(word);
  process.exitCode = refused;
}

/**
 * Bytes that a decoder holds of the whole picture at once: the coefficients of a progressive JPEG, two bytes each (ITU T.81,
 * annex G), the passes of an interlaced PNG, all pixels of a lossless WebP. Anything else is read row by row, or reduced.
 */
function unfolded({ width, height, channels, depth, format, isProgressive, chromaSubsampling }) {
  const pixels = width * height;
  if (format === "webp") return bytes.includes("VP8L") ? pixels * 4 : 0;
  if (!isProgressive) return 0;
  if (format === "jpeg") return pixels * 2 * (chromaSubsampling === "4:2:0" ? 1.5 : channels);
  return pixels * channels * (depth === "ushort" ? 2 : 1);
}
