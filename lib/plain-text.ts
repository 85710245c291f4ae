import { z } from "zod";

/** One line of text that a person typed: trimmed, no control characters, no lone surrogates. */
export const plainText = (least: number, most: number, what: string) =>
  z
    .string({ error: `${what} is missing.` })
    .trim()
    .refine(
      (text) => text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text),
      `${what} holds characters that cannot be shown.`,
    )
    .refine((text) => text.length >= least, `Enter ${article(what)}.`)
    .refine((text) => text.length <= most, `${what} has at most ${most} characters.`);

const article = (what: string) =>
  `${/^(the|a|an) /i.test(what) ? "" : "the "}${what.charAt(0).toLowerCase()}${what.slice(1)}`;
