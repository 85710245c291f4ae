import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { passwords, sessions, signInNames, users } from "@/db/schema";
import { countUnknownProof } from "@/lib/audit/unknown-proofs";
import { afterFailure } from "@/lib/auth/lockout";
import { hashPassword, isOutdated, verifyNothing, verifyPassword } from "@/lib/auth/password-queue";
import type { Ctx } from "@/lib/context";
import { AppError, forbidden } from "@/lib/errors";
import { mutate } from "@/lib/mutate";
import { foldEmail, foldName, fullName } from "@/lib/users/names";
import type { UserRow } from "@/lib/users/scoped";
import { isEnded, isLocked, statusAt } from "@/lib/users/status";

export const signInFailure =
  "User name or password is wrong, or the account is locked. After five failures an account locks for 15 minutes.";

/** Idle and absolute limits of a session (S9). */
export const idleLimit = 12 * 60 * 60 * 1000;
export const absoluteLimit = 30 * 24 * 60 * 60 * 1000;

export type Credentials = { name: string; password: string };
export type StartedSession = { sessionId: string; userId: string; stage: "open" | "new_password" };

/** Milliseconds that noting a failure takes at least, so that its kind cannot be told by the time (S1). */
const notingTime = 40;

type Account = UserRow & { hash: string | null };

/**
 * Signs in by user name or email. Every failure has one text and spends one verification, whether or not the account
 * exists (S1). Both doors, our form and next-auth's, come through here.
 */
export async function signIn(ctx: Ctx, { name, password }: Credentials): Promise<StartedSession> {
  const account = await findAccount(ctx, name);
  const locked = account !== null && isLocked(account, ctx.now());
  const matches =
    account?.hash && !locked ? await verifyPassword(account.hash, password) : await verifyNothing(password);
  if (!account || !matches) {
    const noted = account
      ? refuseSignIn(ctx, account, locked ? "locked" : "wrong password")
      : countUnknownProof(ctx, "session.refuse");
    await Promise.all([noted, sleep(notingTime)]);
    throw new AppError("unauthenticated", signInFailure);
  }
  const raised = account.hash && isOutdated(account.hash) ? await hashPassword(password) : null;
  return startSession(ctx, account.id, { verified: account.hash, raised });
}

async function findAccount(ctx: Ctx, name: string): Promise<Account | null> {
  const keys = isName(name) ? [foldName(name), foldEmail(name) ?? ""] : ["", ""];
  const [row] = await ctx.db
    .select({ user: users, hash: passwords.hash })
    .from(signInNames)
    .innerJoin(users, eq(users.id, signInNames.userId))
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(sql`${signInNames.key} in ${keys}`)
    .limit(1);
  return row ? { ...row.user, hash: row.hash } : null;
}

/** PostgreSQL stores no NUL, and nobody has a name of this length. */
const isName = (name: string) => name.length <= 320 && !/[\p{Cc}\p{Cs}]/u.test(name);

/** Named as such only after correct credentials (U10). */
function refuseOutOfForce(account: UserRow, now: Date) {
  const status = statusAt(account, now);
  if (status === "archived") throw forbidden("Your account has been removed. Ask an administrator to restore it.");
  if (isEnded(account, now)) throw forbidden("Your access has ended. Ask an administrator to extend it.");
  if (status === "disabled") throw forbidden("Your account is disabled. Ask an administrator to enable it.");
}

/** `verified`: the hash that the password was compared with; `raised`: the same password with today's parameters. */
type Proof = { verified: string | null; raised: string | null };

/** Writes the session row and clears the counters: what every way of signing in ends with. */
export function startSession(ctx: Ctx, userId: string, proof: Proof | null = null): Promise<StartedSession> {
  const sessionId = newId();
  return mutate(ctx, "session.start", {
    target: async (tx) => {
      const account = await lockAccount(tx, userId);
      return { id: sessionId, person: { id: account.id, name: fullName(account) }, record: account, trace: null };
    },
    change: async (tx, account) => {
      const now = ctx.now();
      if (proof) await proveAgain(tx, account, proof, now);
      refuseOutOfForce(account, now);
      const stage = account.mustChangePassword ? "new_password" : "open";
      await tx.insert(sessions).values({
        id: sessionId,
        userId,
        stage,
        address: ctx.source.address ?? "unknown",
        agent: ctx.source.agent?.slice(0, 300) ?? "unknown",
        startedAt: now,
        lastSeenAt: now,
        endsAt: new Date(now.getTime() + absoluteLimit),
      });
      await tx
        .update(users)
        .set({
          failedSignIns: 0,
          lockouts: 0,
          lockedAt: null,
          lockedUntil: null,
          lastSignInAt: now,
          status: account.status === "invited" ? "active" : account.status,
        })
        .where(eq(users.id, userId));
      if (proof?.raised) await tx.update(passwords).set({ hash: proof.raised }).where(eq(passwords.userId, userId));
      return { value: { sessionId, userId, stage }, after: null };
    },
  });
}

/** Guesses that ran side by side, and a password changed meanwhile, are told apart under the lock of the row. */
async function proveAgain(tx: Tx, account: UserRow, { verified }: Proof, now: Date) {
  const [kept] = await tx.select({ hash: passwords.hash }).from(passwords).where(eq(passwords.userId, account.id));
  if (isLocked(account, now) || kept?.hash !== verified) throw new AppError("unauthenticated", signInFailure);
}

async function lockAccount(tx: Tx, userId: string) {
  const [account] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
  if (!account) throw new AppError("unauthenticated", signInFailure);
  return account;
}

function refuseSignIn(ctx: Ctx, account: Account, reason: "locked" | "wrong password"): Promise<void> {
  return mutate(ctx, "session.refuse", {
    target: async (tx) => {
      const record = await lockAccount(tx, account.id);
      return { id: null, person: { id: record.id, name: fullName(record) }, record, trace: null };
    },
    change: async (tx, record) => {
      const counted = isLocked(record, ctx.now()) ? null : afterFailure(record, ctx.now());
      if (counted) await tx.update(users).set(counted).where(eq(users.id, record.id));
      return {
        value: undefined,
        after: null,
        outcome: "refused",
        facts: counted?.lockedUntil ? { reason, lockedUntil: counted.lockedUntil.toISOString() } : { reason },
      };
    },
  });
}
