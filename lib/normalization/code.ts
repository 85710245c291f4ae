import { withoutInvisible } from "@/lib/normalization/characters";

const isDigit = (code: number) => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** Decimal digits of every script are in rows of ten from 0 to 9 (Unicode Standard, 4.6). */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (isDigit(first - 1)) first--;
  return String((code - first) % 10);
}

/**
 * A code as it was meant, whatever it was typed with: ASCII digits for those of other scripts, lower case, without spaces,
 * hyphens and invisible characters.
 */
export const foldCode = (typed: string) =>
  withoutInvisible(typed.normalize("NFKC"))
    .replace(/[\s\p{Pd}\u2212]/gu, "")
    .replace(/(?![0-9])\p{Nd}/gu, digitOf)
    .toLowerCase();
