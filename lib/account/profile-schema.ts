import { z } from "zod";
import { dateForms } from "@/lib/account/date-forms";
import { isZone } from "@/lib/time/zones";
import { nameFields } from "@/lib/users/schema";

/** What "My profile" saves at once: of one's own name and preferences whatever was edited. Blank: the browser's zone, Gatehouse's own form of dates. */
export const profileSchema = z
  .strictObject({
    ...nameFields,
    timeZone: z
      .string()
      .max(64)
      .refine((zone) => zone === "" || isZone(zone), "This time zone does not exist.")
      .transform((zone) => zone || null),
    dateForm: z
      .union([z.literal(""), z.enum(dateForms)], { error: "This format does not exist." })
      .transform((form) => form || null),
    shortcuts: z.boolean(),
  })
  .partial();

/** The version, which comes with the page, is that of the name: nobody else edits preferences. */
export const updateAccountSchema = profileSchema.extend({ version: z.number().int() });

export type ProfileValues = z.input<typeof profileSchema>;
