import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Bytes of one entry: the first of the SHA-256 of a folded password. Among 200,000 entries, one stranger in 10⁹ is met. */
export const entryBytes = 6;

/** How a whole password is compared with the list: NFC, and no difference between capitals and small letters. */
export const foldPassword = (password: string) => password.normalize("NFC").toLowerCase();

export const entryOf = (password: string): Buffer =>
  createHash("sha256").update(foldPassword(password)).digest().subarray(0, entryBytes);

let loaded: Buffer | undefined;

/** Sorted entries without anything between them, made by cli/blocklist.ts; read at the first password that is set. */
function entries(): Buffer {
  loaded ??= readFileSync(join(process.cwd(), "lib", "auth", "blocklist.bin"));
  return loaded;
}

export const countEntries = () => entries().length / entryBytes;

/** Whether the whole password is among the well-known ones. Asks nobody. */
export function isWellKnown(password: string): boolean {
  const wanted = entryOf(password);
  const list = entries();
  let [low, high] = [0, countEntries()];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = list.compare(wanted, 0, entryBytes, middle * entryBytes, (middle + 1) * entryBytes);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}
