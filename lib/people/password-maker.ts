import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { passwords, sessions } from "@/db/schema";
import { makerStillMay } from "@/lib/authz/authorize";
import type { Ctx, Person, Reads } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { findKeeper } from "@/lib/people/keeper";
import { type Keeper, ownKeptReason } from "@/lib/people/kept-fields";

type Held = { id: string; setBy: string | null };

/** Why a password that is right does not count: `log` for the log alone, `own` for the signed-in person. */
export type Uncounted = { log: string; own: string };

const outgrown: Uncounted = {
  log: "the person who set the password may no longer manage this account",
  own: "Your password no longer works: the person who set it may no longer manage your account. Ask an administrator for a link.",
};

const keptBy = (keeper: Keeper): Uncounted => ({
  log: "an identity provider manages the password",
  own: `${ownKeptReason(keeper)} Sign out, then sign in there.`,
});

/**
 * Why the password of a person does not sign in at this moment; null: it does. One that is left from a time without their provider
 * opens nothing once that is there again (I4); and neither does one whose maker could not set it now (R15).
 */
export async function whyUncounted(db: Reads | Tx, { id, setBy }: Held, at: Date): Promise<Uncounted | null> {
  const keeper = await findKeeper(db, id);
  if (keeper) return keptBy(keeper);
  return (await makerStillMay(db, { makerId: setBy, personId: id, at })) ? null : outgrown;
}

/** Whether it does. */
export const passwordCounts = async (db: Reads | Tx, held: Held, at: Date): Promise<boolean> =>
  (await whyUncounted(db, held, at)) === null;

/** For a session that moves to its next stage, where no provider has opened it; throws `precondition`. */
export async function requireOpenerCounts({ actor, now }: Ctx<Person>, tx: Tx): Promise<void> {
  const [session] = actor.sessionId
    ? await tx.select({ identityId: sessions.identityId }).from(sessions).where(eq(sessions.id, actor.sessionId))
    : [];
  if (!session?.identityId) await requirePasswordCounts(tx, actor.id, now());
}

/** Wherever somebody is proved again by their password; throws `precondition`. */
export async function requirePasswordCounts(tx: Tx, id: string, at: Date): Promise<void> {
  const [kept] = await tx.select({ setBy: passwords.setBy }).from(passwords).where(eq(passwords.userId, id));
  const why = kept ? await whyUncounted(tx, { id, setBy: kept.setBy }, at) : null;
  if (why) throw precondition(why.own);
}
