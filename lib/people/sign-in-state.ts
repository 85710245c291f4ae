import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { given, keptBuilt } from "@/db/kept";
import { users } from "@/db/schema";
import { forgetDeviceFailures } from "@/lib/auth/devices";
import type { UserRow } from "@/lib/people/scoped";
import type { accepted } from "@/lib/people/store";

/** What a sign-in that succeeds writes. */
type SignedIn = ReturnType<typeof accepted> & { userId: string; forgets: boolean; at: string | null };

/** `forgets`: failures, which are another counter's where the device is known. `at`: null where a second step is owed. */
export const saveSignedIn = keptBuilt<Tx, SignedIn, unknown>((tx) => {
  const forgets = sql`${sql.placeholder("forgets")}::boolean`;
  const { failedSignIns, lockouts, lockedAt, lockedUntil, lastSignInAt } = users;
  return tx
    .update(users)
    .set({
      status: given("status", users.status),
      statusBeforeDisable: given("statusBeforeDisable", users.statusBeforeDisable),
      failedSignIns: sql`case when ${forgets} then 0 else ${failedSignIns} end`,
      lockouts: sql`case when ${forgets} then 0 else ${lockouts} end`,
      lockedAt: sql`case when not ${forgets} then ${lockedAt} end`,
      lockedUntil: sql`case when not ${forgets} then ${lockedUntil} end`,
      lastSignInAt: sql`coalesce(${sql.placeholder("at")}::timestamptz, ${lastSignInAt})`,
    })
    .where(eq(users.id, sql.placeholder("userId")));
});

/** After the second step, which ends the sign-in. */
export async function noteSignedIn(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.update(users).set({ lastSignInAt: now }).where(eq(users.id, userId));
}

type Counter = Partial<Pick<UserRow, "failedSignIns" | "lockouts" | "lockedAt" | "lockedUntil">>;

/** The counter of failures, or the lock that they led to. Within the lock of the row. */
export async function saveFailures(tx: Tx, userId: string, counter: Counter): Promise<void> {
  await tx.update(users).set(counter).where(eq(users.id, userId));
}

/** Opens every lock of a person and forgets the failures that led to it: an administrator unlocks, or a link was redeemed. */
export async function forgetFailures(tx: Tx, userId: string): Promise<void> {
  await saveFailures(tx, userId, { failedSignIns: 0, lockouts: 0, lockedUntil: null, lockedAt: null });
  await forgetDeviceFailures(tx, userId);
}
