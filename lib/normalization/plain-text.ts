import { z } from "zod";
import { changesDirection, clean, isBlank, isOneLine } from "@/lib/normalization/characters";

/** One line of text that a person typed, cleaned: no control or direction-changing characters, and something to see (U1). */
export const plainText = (least: number, most: number, what: string) =>
  z
    .string({ error: `${what} is missing.` })
    .transform(clean)
    .refine(isOneLine, `${what} contains characters that cannot be shown.`)
    .refine((text) => !changesDirection(text), `${what} contains characters that change the direction of writing.`)
    .refine((text) => text === "" || !isBlank(text), `${what} contains only invisible characters.`)
    .refine((text) => text.length >= least, `Enter ${article(what)}.`)
    .refine((text) => text.length <= most, `${what} has at most ${most} characters.`);

const article = (what: string) =>
  `${/^(the|a|an) /i.test(what) ? "" : "the "}${what.charAt(0).toLowerCase()}${what.slice(1)}`;
