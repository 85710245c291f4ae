import { z } from "zod";
import type { ChosenEnd } from "@/lib/time/ends";

/**
 * Also without an offset, since the browser checks the value of a field by the same schema, before the form turns it into an
 * instant on the clock of the zone that its reader has chosen.
 */
const moment = z.iso.datetime({ offset: true, local: true, error: "This is not a date and time." });
const endOf = (text: string) => (text === "" ? null : new Date(text));

/** RFC 3339, or nothing for no end. */
export const endDate = z.union([z.literal(""), moment]).transform(endOf);

/** The same, or "now": it ends with the change. */
export const endDateOrNow = z
  .union([z.literal(["", "now"]), moment])
  .transform((text): ChosenEnd => (text === "now" ? text : endOf(text)));
