import type { Tx } from "@/db/client";
import type { SessionStage } from "@/db/enums";
import { verifyPassword } from "@/lib/auth/password-queue";
import { type Renewed, renewSession } from "@/lib/auth/renew-session";
import { refundAttempt, throttle } from "@/lib/auth/throttle";
import { require } from "@/lib/authz/decision";
import type { Ctx, Person } from "@/lib/context";
import { AppError, invalidField } from "@/lib/errors";
import { acceptCode, acceptPasskey } from "@/lib/factors/accept";
import { countWrong, endedByWrong, forgetWrong, wrongReason } from "@/lib/factors/attempts";
import { ownPassword, requireStillProved } from "@/lib/factors/current-password";
import { hasFactor, heldFactors } from "@/lib/factors/held";
import { lockOwnSession, type OwnSession } from "@/lib/factors/own-session";
import { type GivenPasskey, verifyGiven } from "@/lib/factors/passkeys";
import { mayGivePassword } from "@/lib/factors/policy";
import type { Proof } from "@/lib/factors/schema";
import { firstStage } from "@/lib/factors/stage";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import type { Change } from "@/lib/kernel/steps";
import { requireOpenerCounts } from "@/lib/people/password-maker";
import { noteSignedIn } from "@/lib/people/sign-in-state";
import { readSettings } from "@/lib/platform/read-settings";
import { sessionOperations } from "@/lib/sessions/operations";
import { noteProof } from "@/lib/sessions/proofs";

/** What could be checked before the transaction: a password costs time, a signature needs nothing locked. */
type Checked = { by: "password"; hash: string } | { by: "code"; code: string } | { by: "passkey"; given: GivenPasskey };

/** What a proof leads to: the stage of the session from then on. */
export type Proved = Renewed & { stage: SessionStage };

/**
 * Proves who one is: as the second step of a sign-in, which then moves to its next stage under a new id, or again in an open session,
 * which is fresh from then on (S7, S8): by a factor once one is held, else by the password. Every fault gives the same text; the fifth wrong proof ends the session.
 * Throws `invalid`, `unauthenticated` once the session has ended, or `rate_limited`.
 */
export async function verifySession(ctx: Ctx<Person>, proof: Proof): Promise<Proved> {
  await throttle(ctx, "session.verify");
  const proved = await acceptProof(ctx, { by: proof.by, checked: await check(ctx, proof) });
  await refundAttempt(ctx, "session.verify");
  return proved;
}

/** `checked`: null when the proof was wrong by itself. */
export const acceptProof = command(sessionOperations["session.verify"], {
  for: "person",
  input: internalInput<{ by: Proof["by"]; checked: Checked | null }>(),
  target: ({ ctx, tx }) => lockOwnSession(ctx, tx),
  change: async ({ ctx, tx }, row, { by, checked }): Promise<Change<Proved>> => {
    if (by === "password") await refusePasswordBesideFactor(tx, row);
    const accepted = checked && (await accept(ctx, tx, row, checked));
    return accepted ? passed(ctx, tx, row, accepted) : refused(ctx, tx, row, by);
  },
});

async function check(ctx: Ctx<Person>, proof: Proof): Promise<Checked | null> {
  if (proof.by === "code") return { by: "code", code: proof.code };
  if (proof.by === "passkey") {
    const { passkey, counter } = await verifyGiven(ctx, ctx.actor.id, proof);
    return passkey && counter !== null ? { by: "passkey", given: { passkey, counter } } : null;
  }
  const { user, hash } = await ownPassword(ctx);
  require(mayGivePassword(user));
  if (hasFactor(await heldFactors(ctx.db, user.id))) return null;
  return hash && (await verifyPassword(hash, proof.password)) ? { by: "password", hash } : null;
}

/** A password is no proof again once a factor is held (S8): it is not looked at, and not counted as wrong. */
async function refusePasswordBesideFactor(tx: Tx, { session, user }: OwnSession): Promise<void> {
  if (session.stage !== "second_factor" && hasFactor(await heldFactors(tx, user.id)))
    throw invalidField("password", "Confirm with your second factor or a recovery code.");
}

/** Words for what was accepted; null when it is no longer valid under the lock. A password is no second step. */
async function accept(ctx: Ctx<Person>, tx: Tx, { session }: OwnSession, checked: Checked): Promise<string | null> {
  if (checked.by === "code") return acceptCode(tx, session, checked.code, ctx.now());
  if (checked.by === "passkey") return (await acceptPasskey(tx, checked.given, ctx.now())) ? "passkey" : null;
  if (session.stage === "second_factor") return null;
  await requireStillProved(ctx, tx, checked.hash);
  return "password";
}

async function passed(ctx: Ctx<Person>, tx: Tx, { session, user }: OwnSession, by: string): Promise<Change<Proved>> {
  const now = ctx.now();
  await forgetWrong(tx, session.id);
  if (session.stage !== "second_factor") {
    await noteProof(tx, session.id, now);
    return { value: { stage: session.stage, renewed: null }, after: null, facts: { by } };
  }
  await requireOpenerCounts(ctx, tx);
  const stage = await firstStage(tx, user, await readSettings(tx), { now, proved: true });
  await noteSignedIn(tx, user.id, now);
  const renewed = await renewSession(ctx, tx, { stage, verifiedAt: now });
  const facts = { by, step: "second" };
  return { value: { stage, renewed }, after: null, id: renewed, session: renewed, facts };
}

async function refused(ctx: Ctx, tx: Tx, { session }: OwnSession, by: Proof["by"]): Promise<Change<Proved>> {
  const ended = await countWrong(ctx, tx, session);
  return {
    value: { stage: session.stage, renewed: null },
    after: null,
    facts: { reason: wrongReason(`wrong ${by}`, ended) },
    refusal: wrong(by, ended),
    ...(ended && { session: null }),
  };
}

function wrong(by: Proof["by"], ended: boolean): AppError {
  if (ended) return endedByWrong();
  if (by === "passkey") return new AppError("invalid", "This passkey was not accepted. Try again, or use another way.");
  return invalidField(by, by === "code" ? "This code is wrong or was already used." : "This is not your password.");
}
