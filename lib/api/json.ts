import { z } from "zod";
import { secret } from "@/lib/api/shapes";

/** A value as the JSON that is declared; what is not named there is left out. */
export const shaped = (shape: z.ZodType, value: unknown): unknown => shape.parse(JSON.parse(JSON.stringify(value)));

/** The same without what is shown once. */
export function withoutSecrets(shape: z.ZodType, value: unknown): unknown {
  const fields = shape instanceof z.ZodObject ? Object.entries(shape.shape) : [];
  const hidden = fields.filter(([, field]) => field === secret).map(([name]) => [name, null]);
  return { ...(shaped(shape, value) as object), ...Object.fromEntries(hidden) };
}
