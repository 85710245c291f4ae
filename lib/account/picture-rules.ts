import { z } from "zod";

/** Bytes. */
export const largestPicture = 5 * 1_048_576;

export const pictureTypes = ["image/jpeg", "image/png", "image/webp"] as const;

/** Which square of a picture that is none is kept. */
export const picturePositions = ["middle", "start", "end"] as const;
export const pictureSchema = z.strictObject({ position: z.enum(picturePositions) });

export type PicturePosition = (typeof picturePositions)[number];

export const notAPicture = "This file is not a picture that can be read. Choose a JPEG, PNG or WebP file.";
export const tooLarge = "The picture is larger than 5 MB. Choose a smaller one.";
