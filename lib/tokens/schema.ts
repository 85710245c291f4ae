import { z } from "zod";
import { plainText } from "@/lib/normalization/plain-text";
import { uuid } from "@/lib/platform/uuid";

const name = () => plainText(1, 64, "Name");
const operations = () =>
  z
    .array(z.string().max(100))
    .min(1, "Choose at least one operation.")
    .max(200)
    .transform((keys) => [...new Set(keys)].sort());
/** Days from now; "" and null: no end. */
const days = () =>
  z.union([
    z.literal("").transform(() => null),
    z.null(),
    z.coerce.number<string | number>().int().min(1, "At least one day.").max(3650, "At most 3,650 days."),
  ]);

export const createTokenSchema = z.strictObject({ name: name(), operations: operations(), days: days() });
export const issueTokenSchema = z.strictObject({
  userId: uuid(),
  name: name(),
  operations: operations(),
  days: days(),
});
/** How long the old token works beside the new one. */
export const overlapHours = [0, 1, 24, 168] as const;
export const regenerateTokenSchema = z.strictObject({
  id: uuid(),
  days: days(),
  overlapHours: z.coerce
    .number<string | number>()
    .refine((hours) => (overlapHours as readonly number[]).includes(hours), "Choose one from the list."),
});
export const tokenSchema = z.strictObject({ id: uuid() });
