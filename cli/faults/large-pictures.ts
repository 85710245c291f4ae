import sharp from "sharp";

const [width, height] = [8_600, 5_800];

/** Pictures of just under 50 megapixels and 5 MB, of the kinds that are dear to decode, by their name. */
export async function largePictures(): Promise<Record<string, Buffer>> {
  const noise = { type: "gaussian", mean: 128, sigma: 20 } as const;
  const coarse = await sharp({
    create: { width: width / 20, height: height / 20, channels: 3, background: "#888", noise },
  })
    .png()
    .toBuffer();
  const photo = () => sharp(coarse).resize(width, height, { kernel: "cubic" });
  const flat = () => sharp({ create: { width, height, channels: 3, background: "#248" } });
  return {
    "JPEG, of a camera held upright": await photo().withMetadata({ orientation: 6 }).jpeg({ quality: 75 }).toBuffer(),
    "JPEG, progressive": await photo().jpeg({ quality: 75, progressive: true }).toBuffer(),
    PNG: await flat().png().toBuffer(),
    "PNG, interlaced": await flat().png({ progressive: true }).toBuffer(),
    WebP: await photo().webp({ quality: 60, effort: 1 }).toBuffer(),
  };
}
