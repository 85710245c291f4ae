/** Bytes of what is sent. */
export const largestPicture = 5 * 1_048_576;

/** Bytes of a file that a browser opens, to send the square that is chosen of it. */
export const largestFile = 50 * 1_048_576;

export const pictureTypes = ["image/jpeg", "image/png", "image/webp"] as const;

export const notAPicture = "This file is not a picture that can be read. Choose a JPEG, PNG or WebP file.";
export const tooLarge = "The picture is larger than 5 MB. Choose a smaller one.";
export const fileTooLarge = "The file is larger than 50 MB. Choose a smaller one.";

/** What a browser refuses without opening the file; undefined for a file that may be a picture. */
export function problemOfFile({ size, type }: { size: number; type: string }): string | undefined {
  if (size > largestFile) return fileTooLarge;
  return pictureTypes.some((known) => known === type) ? undefined : notAPicture;
}
