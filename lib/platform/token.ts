import { hash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/**
 * The text of a secret that a program carries: a prefix that scanners know, 256 random bits in base62, and a checksum
 * (CRC-32 in six base62 digits over all before it), so that a stray one is recognised offline.
 */
export type TokenKind = "gh_cli" | "gh_pat" | "gh_svc";

export type NewToken = { text: string; hash: string; prefix: string; lastFour: string };

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const bodyLength = 43;
const checksumLength = 6;

export function newToken(kind: TokenKind): NewToken {
  const prefix = `${kind}_`;
  const body = base62(BigInt(`0x${randomBytes(32).toString("hex")}`), bodyLength);
  const text = `${prefix}${body}${checksumOf(prefix + body)}`;
  return { text, hash: hashToken(text), prefix, lastFour: text.slice(-4) };
}

const shape = new RegExp(`^(gh_cli|gh_pat|gh_svc)_[0-9A-Za-z]{${bodyLength + checksumLength}}$`);

/** Whether this could be a token of ours, without asking the database. */
export const isTokenText = (kind: TokenKind, text: string): boolean =>
  shape.exec(text)?.[1] === kind && text.endsWith(checksumOf(text.slice(0, -checksumLength)));

/** What is kept of a token: its SHA-256, in hexadecimal digits for those of links, which are stored so. */
export const hashToken = (text: string, digits: "base64url" | "hex" = "base64url") => hash("sha256", text, digits);

/** A secret for one browser or one link: 256 random bits in base64url (RFC 4648), without prefix or checksum (S6). */
export const newOpaqueToken = () => randomBytes(32).toString("base64url");

const opaque = /^[\w-]{43}$/;

/** Whether a text can be one of them at all; nothing else is looked for. */
export const isOpaqueToken = (text: string) => opaque.test(text);

const checksumOf = (text: string) => base62(BigInt(crc32(text)), checksumLength);

function base62(number: bigint, length: number): string {
  let text = "";
  for (let rest = number; text.length < length; rest /= 62n) text = digits[Number(rest % 62n)] + text;
  return text;
}
