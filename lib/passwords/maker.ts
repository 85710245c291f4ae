import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { passwords, sessions } from "@/db/schema";
import { makerStillMay } from "@/lib/authz/authorize";
import type { Ctx, Person, Reads } from "@/lib/context";
import { precondition } from "@/lib/errors";

/** In the log, where a sign-in with such a password was refused. */
export const outgrownReason = "whoever set the password may no longer act on this account";

type Held = { id: string; setBy: string | null };

/** Whether the password of a person, by whomever it was set, still signs in at this moment (R15). */
export const passwordCounts = (db: Reads | Tx, { id, setBy }: Held, at: Date): Promise<boolean> =>
  makerStillMay(db, { makerId: setBy, personId: id, at });

/** For a session that goes on to its next stage, where no provider has opened it; throws `precondition`. */
export async function requireOpenerCounts({ actor, now }: Ctx<Person>, tx: Tx): Promise<void> {
  const [session] = actor.sessionId
    ? await tx.select({ identityId: sessions.identityId }).from(sessions).where(eq(sessions.id, actor.sessionId))
    : [];
  if (!session?.identityId) await requirePasswordCounts(tx, actor.id, now());
}

/** Wherever somebody is proved again by their password; throws `precondition`. */
export async function requirePasswordCounts(tx: Tx, id: string, at: Date): Promise<void> {
  const [kept] = await tx.select({ setBy: passwords.setBy }).from(passwords).where(eq(passwords.userId, id));
  if (kept && !(await passwordCounts(tx, { id, setBy: kept.setBy }, at)))
    throw precondition(
      "Your password does not count any more: whoever set it may no longer act on your account. Ask an administrator for a link.",
    );
}
