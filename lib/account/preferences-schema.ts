import { z } from "zod";
import { dateForms } from "@/lib/account/date-forms";
import { isZone } from "@/lib/time/zones";

/** How the console behaves for oneself. Blank: the browser's zone, Gatehouse's own form of dates. */
export const preferencesSchema = z.strictObject({
  timeZone: z
    .string()
    .max(64)
    .refine((zone) => zone === "" || isZone(zone), "This time zone does not exist.")
    .transform((zone) => zone || null),
  dateForm: z
    .union([z.literal(""), z.enum(dateForms)], { error: "This format does not exist." })
    .transform((form) => form || null),
  shortcuts: z.boolean(),
});
