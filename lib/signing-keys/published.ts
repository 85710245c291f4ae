import { asc } from "drizzle-orm";
import { type CryptoKey, importJWK } from "jose";
import { signingKeys } from "@/db/schema";
import type { Reads } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { decrypt } from "@/lib/platform/encryption";
import { encryptionPurpose } from "@/lib/signing-keys/keep";
import { signingAlgorithm } from "@/lib/signing-keys/lifetime";

type Key = typeof signingKeys.$inferSelect & { verifies: CryptoKey; signs?: Promise<CryptoKey> };
type Known = { keys: Key[]; readAt: number };

/** Milliseconds. A key is published a day before it signs, so what was read a minute ago is good enough. */
const goodFor = 60_000;
/** Where a token names a key that nobody knows, the keys are read again, but no more often than this. */
const readAgainAfter = 5_000;

const known = new WeakMap<Reads, Known>();

async function keysOf(db: Reads, oldest = goodFor): Promise<Key[]> {
  const kept = known.get(db);
  if (kept && kept.keys.length > 0 && performance.now() - kept.readAt < oldest) return kept.keys;
  const rows = await db.select().from(signingKeys).orderBy(asc(signingKeys.signsFrom));
  const keys = await Promise.all(
    rows.map(
      async (row): Promise<Key> =>
        kept?.keys.find(({ id }) => id === row.id) ?? { ...row, verifies: await imported(row.publicKey) },
    ),
  );
  known.set(db, { keys, readAt: performance.now() });
  return keys;
}

const imported = (key: Record<string, string>) => importJWK(key, signingAlgorithm) as Promise<CryptoKey>;

/** The JWK Set (RFC 7517): every key that signs, has signed what is still in force, or will sign. */
export async function publishedKeys(db: Reads): Promise<Record<string, string>[]> {
  const keys = await keysOf(db);
  return keys.map(({ id, publicKey }) => ({ ...publicKey, kid: id, alg: signingAlgorithm, use: "sig" }));
}

/** The key that signs at this moment. Throws `unavailable` before there is one. */
export async function signingKey(db: Reads, now: Date): Promise<{ id: string; key: CryptoKey }> {
  const key = (await keysOf(db)).findLast(({ signsFrom }) => signsFrom <= now);
  if (!key) throw new AppError("unavailable", "There is no key to sign with yet. Try again in a minute.");
  key.signs ??= imported(JSON.parse(decrypt(encryptionPurpose(key.id), key.sealed)));
  return { id: key.id, key: await key.signs };
}

/** The key of this id by which a signature is checked; null for one that is not ours, or not any more. */
export async function verifyingKey(db: Reads, id: string): Promise<CryptoKey | null> {
  const find = (keys: Key[]) => keys.find((key) => key.id === id)?.verifies;
  return find(await keysOf(db)) ?? find(await keysOf(db, readAgainAfter)) ?? null;
}
