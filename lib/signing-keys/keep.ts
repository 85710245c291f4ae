import { desc, eq, lt, sql } from "drizzle-orm";
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import type { Db, Tx } from "@/db/client";
import { lockNames } from "@/db/locks";
import { signingKeys } from "@/db/schema";
import { lockName } from "@/lib/kernel/lock";
import { encrypt } from "@/lib/platform/encryption";
import { publishedAfter, publishedBefore, signingAlgorithm, signsFor } from "@/lib/signing-keys/lifetime";

export const encryptionPurpose = (id: string) => `signing key ${id}`;

/**
 * Makes the first key, the next one in good time, and drops those that no token in force was signed by. Every process asks every
 * minute; one of them does it, and the others find it done.
 */
export async function keepSigningKeys(db: Db, now: Date): Promise<void> {
  if (!(await isDue(db, now))) return;
  await db.transaction(async (tx) => {
    await lockName(tx, lockNames.signingKeys);
    const next = nextStart(await newestOf(tx), now);
    if (next) await makeKey(tx, next);
    for (const old of await replacedAt(tx, now)) await tx.delete(signingKeys).where(eq(signingKeys.id, old.id));
  });
}

const isDue = async (db: Db, now: Date) =>
  nextStart(await newestOf(db), now) !== null || (await replacedAt(db, now)).length > 0;

async function newestOf(db: Db | Tx): Promise<Date | null> {
  const [newest] = await db
    .select({ signsFrom: signingKeys.signsFrom })
    .from(signingKeys)
    .orderBy(desc(signingKeys.signsFrom))
    .limit(1);
  return newest?.signsFrom ?? null;
}

/** From when on a key that is made now would sign; null while none is needed. The first one signs at once. */
export function nextStart(newest: Date | null, now: Date): Date | null {
  if (!newest) return now;
  const due = newest.getTime() + signsFor;
  if (due - publishedBefore > now.getTime()) return null;
  return new Date(Math.max(due, now.getTime() + publishedBefore));
}

/** Keys after which another one has signed for so long that nothing of theirs is in force. */
function replacedAt(db: Db | Tx, now: Date): Promise<{ id: string }[]> {
  const over = new Date(now.getTime() - publishedAfter).toISOString();
  return db
    .select({ id: signingKeys.id })
    .from(signingKeys)
    .where(
      lt(
        signingKeys.signsFrom,
        sql`(select max(k.signs_from) from signing_keys k where k.signs_from <= ${over}::timestamptz)`,
      ),
    );
}

async function makeKey(tx: Tx, signsFrom: Date): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const bare = (await exportJWK(publicKey)) as Record<string, string>;
  const id = await calculateJwkThumbprint(bare);
  const sealed = encrypt(encryptionPurpose(id), JSON.stringify(await exportJWK(privateKey)));
  await tx.insert(signingKeys).values({ id, publicKey: bare, sealed, signsFrom });
}
