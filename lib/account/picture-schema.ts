import { z } from "zod";
import { picturePositions } from "@/lib/account/picture-rules";

export const pictureSchema = z.strictObject({ position: z.enum(picturePositions) });
