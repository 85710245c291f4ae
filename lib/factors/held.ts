import { eq, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { keptBuilt } from "@/db/kept";
import { authenticators, passkeys, recoveryCodes } from "@/db/schema";
import type { Reads } from "@/lib/context";

export type HeldFactors = { authenticator: boolean; passkeys: number; codesLeft: number };

/** Which second factors somebody has at this moment, in one query. */
export async function heldFactors(db: Reads | Db | Tx, userId: string): Promise<HeldFactors> {
  const [row] = await askHeld(db, { userId });
  return row ?? { authenticator: false, passkeys: 0, codesLeft: 0 };
}

const askHeld = keptBuilt((db: Reads | Db | Tx) => {
  const theirs = sql.placeholder("userId");
  const asked = db.select({
    authenticator: sql<boolean>`exists(select 1 from ${authenticators} where ${eq(authenticators.userId, theirs)}
      and ${authenticators.confirmedAt} is not null)`,
    passkeys: sql<number>`(select count(*) from ${passkeys} where ${eq(passkeys.userId, theirs)})::int`,
    codesLeft: sql<number>`(select count(*) from ${recoveryCodes} where ${eq(recoveryCodes.userId, theirs)}
      and ${isNull(recoveryCodes.usedAt)})::int`,
  });
  return asked.from(sql`(select 1) one`);
});

export const hasFactor = ({ authenticator, passkeys: count }: HeldFactors) => authenticator || count > 0;

/** As "authenticator app", "2 passkeys"; empty for those who have none. */
export const factorWords = ({ authenticator, passkeys: count }: HeldFactors): string[] => [
  ...(authenticator ? ["authenticator app"] : []),
  ...(count > 0 ? [count === 1 ? "passkey" : `${count} passkeys`] : []),
];
