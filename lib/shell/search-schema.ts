import { z } from "zod";

export const searchSchema = z.strictObject({ q: z.string().min(1).max(200) });
