import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import type { SessionStage } from "@/db/enums";
import { given, keptBuilt } from "@/db/kept";
import { identities, type MappedClaims, passwords, sessions, users } from "@/db/schema";
import { deviceHash, findDevice, rememberDevice } from "@/lib/auth/devices";
import { keepIdToken } from "@/lib/auth/id-tokens";
import { provedAt } from "@/lib/auth/providers/oidc/auth-time";
import { isEnded, statusAt } from "@/lib/authz/account-status";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { firstStage } from "@/lib/factors/stage";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { lockRows } from "@/lib/kernel/lock";
import { revokeLinks } from "@/lib/links/issue";
import { fullName } from "@/lib/normalization/names";
import { barredBy } from "@/lib/people/only-way-in";
import { passwordCounts } from "@/lib/people/password-maker";
import type { UserRow } from "@/lib/people/scoped";
import { saveSignedIn } from "@/lib/people/sign-in-state";
import { accepted } from "@/lib/people/store";
import { readSettings } from "@/lib/platform/read-settings";
import type { Settings } from "@/lib/platform/settings-catalogue";
import { newOpaqueToken } from "@/lib/platform/token";
import { sessionOperations } from "@/lib/sessions/operations";
import { isShut } from "@/lib/sign-in/lockout";
import { takeTurnToSignIn } from "@/lib/sign-in/providers/signed-out";
import { failureText } from "@/lib/sign-in/sign-in-failure";

/** `device`: the new value of the browser's device cookie. `person`: as they were at that moment. */
export type StartedSession = {
  sessionId: string;
  userId: string;
  stage: SessionStage;
  device: string;
  person: Pick<UserRow, "configuration" | "username" | "email" | "firstName" | "lastName">;
};

/** `verified`: the hash that the password was compared with; `raised`: the same password with today's parameters. */
type Proof = { verified: string | null; raised: string | null };

/**
 * `passkey`: one was given in place of the password; notes its use, false when it is gone. Its device has verified who
 * holds it, so it counts for both steps.
 */
type Opening = {
  password?: Proof;
  passkey?: (tx: Tx) => Promise<boolean>;
  identity?: ProvedIdentity;
  device?: string | null;
};

/** Who somebody is at a provider, what it calls its own session, and what it receives at a sign-out (I7). */
type ProvedIdentity = {
  id: string;
  subject: string;
  sid: string | null;
  issuedAt: Date;
  idToken: string | null;
  provider: { id: string; name: string };
  claims: MappedClaims;
  /** When they proved themselves there, where it says so: an older proof is not fresh here either (S8). */
  authenticatedAt?: Date | null;
};

const day = 24 * 60 * 60_000;

/** Writes the session row and clears the counters: what every way of signing in ends with. */
export const startSession = (ctx: Ctx, userId: string, opening: Opening = {}): Promise<StartedSession> =>
  beginSession(ctx, { userId, ...opening });

export const beginSession = command(sessionOperations["session.start"], {
  input: internalInput<Opening & { userId: string }>(),
  target: async ({ tx }, { userId }) => {
    const [settings, account] = await Promise.all([readSettings(tx), lockAccount(tx, userId)]);
    if (!account) throw new AppError("unauthenticated", failureText(settings));
    const id = newId();
    const person = { id: account.id, name: fullName(account) };
    return { id, person, record: { id, account, settings }, trace: null };
  },
  change: async (
    { ctx, tx, now },
    { id, account, settings },
    { userId, password, passkey, identity, device = null },
  ) => {
    const known = deviceHash(device);
    const remembered = known && device ? device : newOpaqueToken();
    // None of these waits for another: they are sent together. The turn comes before the row of the identity.
    const [isKnown, barred, meanwhile, noted, stage] = await Promise.all([
      findDevice(tx, userId, known),
      !identity && barredBy(tx, userId, now),
      identity && takeTurnToSignIn(tx, identity),
      identity ? noteSignIn(tx, userId, identity, now) : true,
      firstStage(tx, account, settings, { now, proved: passkey !== undefined }),
    ]);
    const shut = isShut(account, isKnown, now);
    if (password) await proveAgain(tx, account, password, { now, settings, shut });
    if (passkey && (shut || !(await passkey(tx)))) throw new AppError("unauthenticated", failureText(settings));
    if (barred) throw new AppError("unauthenticated", failureText(settings));
    if (meanwhile) {
      if (!meanwhile.offered) throw notOffered();
      if (meanwhile.signedOut) throw signedOutThere();
      if (shut) throw notInForce("locked");
    }
    refuseOutOfForce(account, now);
    if (!noted) throw new AppError("conflict", "The identity was unlinked at the same time. Start again.");
    const opened = {
      id,
      userId,
      stage,
      identityId: identity?.id ?? null,
      providerSid: identity?.sid ?? null,
      address: ctx.source.address ?? "unknown",
      agent: ctx.source.agent?.slice(0, 300) ?? "unknown",
      startedAt: now,
      lastSeenAt: now,
      verifiedAt: verifiedAt(stage, identity, now),
      endsAt: new Date(now.getTime() + settings["sessions.absoluteDays"] * day),
    };
    const isIn = stage !== "second_factor";
    // They have a way in: no link by which somebody could set a password lies about any more. The token follows its session.
    const [invitations] = await Promise.all([
      identity ? revokeLinks(ctx, tx, userId, ["invitation"], identity.id) : 0,
      insertSession(tx, opened),
      identity?.idToken && keepIdToken(tx, id, identity.idToken),
      saveSignedIn(tx, { userId, ...accepted(account), forgets: !isKnown, at: isIn ? now.toISOString() : null }),
      rememberDevice(tx, userId, deviceHash(remembered) ?? "", now),
      password?.raised && tx.update(passwords).set({ hash: password.raised }).where(eq(passwords.userId, userId)),
    ]);
    const facts = {
      ...(identity && { provider: identity.provider.name }),
      ...(stage === "second_factor" && { owed: "second step" }),
      ...(invitations > 0 && { invitation: "ended" }),
    };
    return { value: { sessionId: id, userId, stage, device: remembered, person: account }, after: null, facts };
  },
});

const insertSession = keptBuilt<Tx, Omit<typeof sessions.$inferSelect, `ended${string}` | `viewing${string}`>, unknown>(
  (tx) =>
    tx.insert(sessions).values({
      id: sql.placeholder("id"),
      userId: sql.placeholder("userId"),
      stage: sql.placeholder("stage"),
      identityId: sql.placeholder("identityId"),
      providerSid: sql.placeholder("providerSid"),
      address: sql.placeholder("address"),
      agent: sql.placeholder("agent"),
      startedAt: sql.placeholder("startedAt"),
      lastSeenAt: sql.placeholder("lastSeenAt"),
      verifiedAt: sql.placeholder("verifiedAt"),
      endsAt: sql.placeholder("endsAt"),
    }),
);

/** What proves nothing fresh. */
const never = new Date(0);

/**
 * From when the proof of a session counts (S8). A provider that does not say when somebody proved who they are there may have let
 * them in by a session of its own, however old. Only the first factor of a person who has to enrol one is exempt: nothing
 * else is open to them, and they could not continue.
 */
function verifiedAt(stage: SessionStage, identity: ProvedIdentity | undefined, now: Date): Date {
  const told = !identity || identity.authenticatedAt || stage === "enrol_factor";
  return told ? provedAt(identity?.authenticatedAt, now) : never;
}

/** The row of the person who signs in, locked: under it parallel failures count one by one. */
export async function lockAccount(tx: Tx, userId: string): Promise<UserRow | null> {
  const [account] = await lockUser(tx, { userId });
  return account ?? null;
}

const lockUser = keptBuilt((tx: Tx) =>
  lockRows(
    tx,
    tx
      .select()
      .from(users)
      .where(eq(users.id, sql.placeholder("userId"))),
    "update",
  ),
);

type Moment = { now: Date; settings: Settings; shut: boolean };

/** Guesses that ran side by side, and what changed in the meantime, are distinguished under the lock of the row. */
async function proveAgain(tx: Tx, account: UserRow, { verified }: Proof, { now, settings, shut }: Moment) {
  const [kept] = await tx.select().from(passwords).where(eq(passwords.userId, account.id));
  if (shut || kept?.hash !== verified || !(await passwordCounts(tx, { ...account, setBy: kept.setBy }, now)))
    throw new AppError("unauthenticated", failureText(settings));
}

/** What nobody signs in through may have been enabled when they went there. */
const notOffered = () =>
  new AppError("precondition", "Nobody signs in through the identity provider at the moment.", {
    details: { refusal: "off" },
  });

/** A back-channel logout came while they were on their way back (I7). */
const signedOutThere = () =>
  new AppError("precondition", "The provider signed them out before the session began.", {
    details: { refusal: "signed_out" },
  });

/** Why somebody who has proved who they are is not signed in. */
const outOfForce = {
  removed: "Your account has been removed. Ask an administrator to restore it.",
  ended: "Your access has ended. Ask an administrator to extend it.",
  disabled: "Your account is disabled. Ask an administrator to enable it.",
  locked: "Your account is locked. Ask an administrator to unlock it.",
} as const;

type OutOfForce = keyof typeof outOfForce;

const notInForce = (state: OutOfForce) => new AppError("forbidden", outOfForce[state], { details: { state } });

/** Which of them this refusal is; null for any other. */
export function refusedState(error: unknown): OutOfForce | null {
  const state = error instanceof AppError ? (error.details as { state?: string } | undefined)?.state : undefined;
  return state !== undefined && Object.hasOwn(outOfForce, state) ? (state as OutOfForce) : null;
}

/** Named as such only after correct credentials (U10). */
function refuseOutOfForce(account: UserRow, now: Date) {
  const status = statusAt(account, now);
  if (status === "archived") throw notInForce("removed");
  if (isEnded(account, now)) throw notInForce("ended");
  if (status === "disabled") throw notInForce("disabled");
}

/** False where the identity has been unlinked since it was found. */
async function noteSignIn(tx: Tx, userId: string, { id, claims }: ProvedIdentity, now: Date): Promise<boolean> {
  return (await updateIdentity(tx, { id, userId, claims, now })).count > 0;
}

type Noted = { id: string; userId: string; claims: MappedClaims; now: Date };

const updateIdentity = keptBuilt<Tx, Noted, { count: number }>((tx) =>
  tx
    .update(identities)
    .set({ lastSignInAt: given("now", identities.lastSignInAt), claims: given("claims", identities.claims) })
    .where(and(eq(identities.id, sql.placeholder("id")), eq(identities.userId, sql.placeholder("userId")))),
);
