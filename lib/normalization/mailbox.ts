import { isOneLine } from "@/lib/normalization/characters";
import { foldEmail } from "@/lib/normalization/email";

/** Whom a mail is from or to. Handed on as an object, never as one text in which a list of addresses could hide. */
export type Mailbox = { name: string; address: string };

/** Reads `Name <name@host>` or a bare address; null when it is neither, or more than one. */
export function readMailbox(text: string): Mailbox | null {
  const named = /^(?:"([^"\\]*)"|([^"<>]*?))\s*<([^<>]+)>$/u.exec(text.trim());
  const name = (named?.[1] ?? named?.[2] ?? "").trim();
  const address = named?.[3] ?? text.trim();
  return isOneLine(name) && isAddress(address) ? { name, address } : null;
}

/** Exactly one address of printable characters: no list, no line that could begin a header, encoded or not. */
export const isAddress = (text: string) =>
  text.length <= 254 &&
  text === text.trim() &&
  isOneLine(text) &&
  !/%0[ad]|=\?/i.test(text) &&
  (foldEmail(text) !== null || /^[\w.+-]+@localhost$/.test(text));

/** One line: control characters and line separators, which could begin a header, become spaces. */
export const oneLine = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
