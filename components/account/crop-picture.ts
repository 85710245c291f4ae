/** In pixels of the picture as it is shown, turned upright. */
export interface Square {
  x: number;
  y: number;
  width: number;
}

/** Pixels of a side of what is sent: twice what the server keeps. */
const side = 512;

/**
 * The chosen square of a picture, drawn by this browser and no larger than it is needed, so that the original need not be
 * sent; the server checks it as any other. `source` is an address that an <img> has shown already.
 */
export async function cropPicture(source: string, { x, y, width }: Square): Promise<Blob> {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.max(1, Math.min(side, Math.round(width)));
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser cannot draw");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, x, y, width, width, 0, 0, canvas.width, canvas.height);
  // A browser that writes no WebP gives a PNG, which the server takes as well.
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/webp", 0.9));
  if (!blob) throw new Error("This browser cannot encode a picture");
  return blob;
}
