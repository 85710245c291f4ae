import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

type ReferenceClient = { text: string; sha256: string };

let read: ReferenceClient | undefined;

/** The reference client (C14) as this server hands it out, with its SHA-256 in hexadecimal digits. */
export function referenceClient(): ReferenceClient {
  if (!read) {
    const text = readFileSync(join(process.cwd(), "examples", "gatehouse-client.mjs"), "utf8");
    read = { text, sha256: createHash("sha256").update(text).digest("hex") };
  }
  return read;
}
