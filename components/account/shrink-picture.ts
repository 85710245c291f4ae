/** Bytes up to which a picture is sent as it is. */
const small = 300_000;
/** Pixels of the shorter side of what is sent instead: twice what the server keeps. */
const shorter = 512;
/** Pixels of the longer side, beyond which a strip is left to the server. */
const longest = 8_192;

/**
 * A smaller picture of the same shape, made in this browser so that the original need not be sent; the server crops and
 * checks it as any other. Small ones, and what this browser cannot shrink, stay as they are.
 */
export async function shrinkPicture(file: File): Promise<Blob> {
  if (file.size <= small) return file;
  try {
    const shrunk = await shrink(file);
    return shrunk && shrunk.size < file.size ? shrunk : file;
  } catch {
    return file;
  }
}

async function shrink(file: File): Promise<Blob | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    const scale = Math.min(1, shorter / Math.min(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    const context = canvas.getContext("2d");
    if (!context || Math.max(canvas.width, canvas.height) > longest) return null;
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    // A browser that writes no WebP gives a PNG, which the server takes as well.
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/webp", 0.9));
  } finally {
    bitmap.close();
  }
}
