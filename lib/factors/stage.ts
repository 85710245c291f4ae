import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { SessionStage } from "@/db/enums";
import { keptBuilt } from "@/db/kept";
import { passwords } from "@/db/schema";
import { hasFactor, heldFactors } from "@/lib/factors/held";
import { isFactorRequired } from "@/lib/factors/requirement";
import { findKeeper } from "@/lib/people/keeper";
import { barredBy } from "@/lib/people/only-way-in";
import type { Settings } from "@/lib/platform/settings-catalogue";

type Holder = { id: string; mustChangePassword: boolean };

type Moment = {
  now?: Date;
  /** A second factor was given already in this session, or a passkey that counts for both. */
  proved?: boolean;
};

/**
 * What a session still asks for before it opens anything, after a right password: a factor, its enrolment where one is
 * required (S7), a new password where one is owed (S5) or the short one is not enough any more (S2), or nothing.
 */
export async function firstStage(
  tx: Tx,
  account: Holder,
  settings: Pick<Settings, "factors.required">,
  { now = new Date(), proved = false }: Moment = {},
): Promise<SessionStage> {
  const [held, isShort] = await Promise.all([heldFactors(tx, account.id), hasShortPassword(tx, account.id)]);
  const has = hasFactor(held);
  if (has && !proved) return "second_factor";
  const required = await isFactorRequired(tx, account.id, settings, now);
  if (required && !has) return "enrol_factor";
  const owed = account.mustChangePassword || (!required && isShort);
  return owed && (await opensSomething(tx, account.id, now)) ? "new_password" : "open";
}

/** Not while a provider keeps it or is the only way in: people who sign in through that could set none, and could not continue. */
const opensSomething = async (tx: Tx, userId: string, at: Date): Promise<boolean> =>
  (await findKeeper(tx, userId)) === null && (await barredBy(tx, userId, at)) === null;

/** Whether the password is one that only a required second factor allows (S2). */
export async function hasShortPassword(tx: Tx, userId: string): Promise<boolean> {
  return (await askShort(tx, { userId })).length > 0;
}

const askShort = keptBuilt((tx: Tx) =>
  tx
    .select({ userId: passwords.userId })
    .from(passwords)
    .where(and(eq(passwords.userId, sql.placeholder("userId")), eq(passwords.short, true))),
);
