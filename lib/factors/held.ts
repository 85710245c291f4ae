import { eq, isNull, type Placeholder, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { keptBuilt } from "@/db/kept";
import { authenticators, passkeys, recoveryCodes } from "@/db/schema";
import type { Reads } from "@/lib/context";

export type HeldFactors = { authenticator: boolean; passkeys: number; codesLeft: number };

/** Which second factors somebody has, as columns of a query that asks more about them. */
export const factorColumns = (userId: string | Placeholder) => ({
  authenticator: sql<boolean>`exists(select 1 from ${authenticators} where ${eq(authenticators.userId, userId)}
      and ${authenticators.confirmedAt} is not null)`,
  passkeys: sql<number>`(select count(*) from ${passkeys} where ${eq(passkeys.userId, userId)})::int`,
  codesLeft: sql<number>`(select count(*) from ${recoveryCodes} where ${eq(recoveryCodes.userId, userId)}
      and ${isNull(recoveryCodes.usedAt)})::int`,
});

/** The same in one query. */
export async function heldFactors(db: Reads | Db | Tx, userId: string): Promise<HeldFactors> {
  const [row] = await askHeld(db, { userId });
  return row ?? { authenticator: false, passkeys: 0, codesLeft: 0 };
}

const askHeld = keptBuilt((db: Reads | Db | Tx) =>
  db.select(factorColumns(sql.placeholder("userId"))).from(sql`(select 1) one`),
);

export const hasFactor = ({ authenticator, passkeys: count }: HeldFactors) => authenticator || count > 0;

/** As "authenticator app", "2 passkeys"; empty for those who have none. */
export const factorWords = ({ authenticator, passkeys: count }: HeldFactors): string[] => [
  ...(authenticator ? ["authenticator app"] : []),
  ...(count > 0 ? [count === 1 ? "passkey" : `${count} passkeys`] : []),
];
