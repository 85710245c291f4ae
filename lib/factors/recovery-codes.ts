import { createHash, randomInt } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recoveryCodes } from "@/db/schema";
import { foldCode } from "@/lib/normalization/code";

const letters = "abcdefghijkmnpqrstuvwxyz23456789";
const count = 10;

/** Sixteen letters of 32 in groups of four: 80 bits, no two letters that look alike. */
function makeCode(): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

/** Ten new codes in place of all earlier ones. Only their SHA-256 is kept, so this is the one time that they are known. */
export async function renewCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: count }, makeCode);
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ userId, hash: hashOf(code) })));
  return codes;
}

/** Uses a code up, by one conditional update. False when it is wrong or was used. */
export async function spendCode(tx: Tx, userId: string, code: string, now: Date): Promise<boolean> {
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.hash, hashOf(code)), isNull(recoveryCodes.usedAt)))
    .returning({ hash: recoveryCodes.hash });
  return used.length === 1;
}

/** Typed with or without hyphens, in any case. */
const hashOf = (code: string) =>
  createHash("sha256")
    .update(foldCode(code).replace(/[^a-z0-9]/g, ""))
    .digest("base64url");
