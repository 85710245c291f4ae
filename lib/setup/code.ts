import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/db/client";
import { setupCodes } from "@/db/schema";
import { foldCode } from "@/lib/normalization/code";
import { publicUrl } from "@/lib/platform/env";
import { isSetUp } from "@/lib/setup/queries";

/** Five wrong tries close /setup for a minute; the count is in the row, so that all processes agree. */
export const wrongTriesToClose = 5;
export const closedFor = 60_000;

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 128 bits in Crockford's base 32, in groups that can be read aloud. */
function makeCode(): string {
  let bits = BigInt(`0x${randomBytes(16).toString("hex")}`);
  let text = "";
  for (let at = 0; at < 26; at++, bits >>= 5n) text = letters[Number(bits & 31n)] + text;
  return text.replace(/(.{5})(?=.)/g, "$1-");
}

/** Hyphens, spaces, case and the letters that Crockford reads as digits make no difference. */
export const hashCode = (code: string) =>
  createHash("sha256")
    .update(
      foldCode(code)
        .toUpperCase()
        .replace(/[^0-9A-Z]/g, "")
        .replace(/O/g, "0")
        .replace(/[IL]/g, "1"),
    )
    .digest("base64url");

/**
 * While there is no user: makes a new code, which ends the earlier one, keeps its hash and passes it to `write`. In the
 * address it comes after `#`, which browsers keep to themselves: it comes into no access log and no Referer.
 */
export async function printSetupCode(db: Db, write: (line: string) => void): Promise<void> {
  if (await isSetUp(db)) return;
  const code = makeCode();
  const fresh = { hash: hashCode(code), wrongTries: 0, closedUntil: null };
  await db
    .insert(setupCodes)
    .values({ id: 1, ...fresh })
    .onConflictDoUpdate({ target: setupCodes.id, set: fresh });
  write(`There are no users yet. Open ${new URL("/setup", publicUrl()).href}#${code}`);
  write(`Or open /setup and enter this code: ${code}`);
}

export type TriedCode = "right" | "wrong" | "closed";

/** What a try amounts to; counting a wrong one is the caller's, under the lock of the row. */
export function tryCode(row: { hash: string; closedUntil: Date | null }, code: string, now: Date): TriedCode {
  if (row.closedUntil !== null && row.closedUntil > now) return "closed";
  return hashCode(code) === row.hash ? "right" : "wrong";
}

/** The row after one more wrong try. */
export const afterWrongTry = (row: { wrongTries: number }, now: Date) =>
  row.wrongTries + 1 < wrongTriesToClose
    ? { wrongTries: row.wrongTries + 1, closedUntil: null }
    : { wrongTries: 0, closedUntil: new Date(now.getTime() + closedFor) };
