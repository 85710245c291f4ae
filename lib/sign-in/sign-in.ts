import { setTimeout as sleep } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { devices, passwords, signInNames, users } from "@/db/schema";
import { countUnknownProof } from "@/lib/audit/unknown-proofs";
import { type Device, deviceHash, findDevice, saveDevice } from "@/lib/auth/devices";
import { hashPassword, isOutdated, verifyNothing, verifyPassword } from "@/lib/auth/password-queue";
import { refundAttempt, throttle } from "@/lib/auth/throttle";
import { isLocked } from "@/lib/authz/account-status";
import { isAdministrator } from "@/lib/authz/administrators";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import type { Change } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import { barredBy, barredReason } from "@/lib/people/only-way-in";
import { type Uncounted, whyUncounted } from "@/lib/people/password-maker";
import type { UserRow } from "@/lib/people/scoped";
import { signsInAs } from "@/lib/people/sign-in-names";
import { saveFailures } from "@/lib/people/sign-in-state";
import { readSettings } from "@/lib/platform/read-settings";
import type { Settings } from "@/lib/platform/settings-catalogue";
import { sessionOperations } from "@/lib/sessions/operations";
import { afterFailure, isShut } from "@/lib/sign-in/lockout";
import { failureText } from "@/lib/sign-in/sign-in-failure";
import { lockAccount, type StartedSession, startSession } from "@/lib/sign-in/start-session";

/** `device`: the value of a known device's cookie. */
export type Credentials = { name: string; password: string; device?: string | null };

/** Milliseconds that noting a failure takes at least, so that its kind cannot be inferred from the time (S1). */
const notingTime = 40;

type Account = UserRow & { hash: string | null; setBy: string | null; device: Device | null };

/**
 * Signs in by user name or email. Every failure has one text and spends one verification, whether or not the account
 * exists (S1). Both doors, our form and next-auth's, come through here. Throws `rate_limited` before any password is
 * looked at when too many attempts came from one address.
 */
export async function signIn(ctx: Ctx, { name, password, device = null }: Credentials): Promise<StartedSession> {
  await throttle(ctx, "session.start");
  const [account, settings] = await Promise.all([findAccount(ctx, name, deviceHash(device)), readSettings(ctx.db)]);
  const barred = (await barredBy(ctx.db, account?.id ?? null, ctx.now())) !== null;
  const shut = barred || (account !== null && isShut(account, account.device, ctx.now()));
  const matches = account?.hash && !shut ? await verifyPassword(account.hash, password) : await verifyNothing(password);
  const noting = sleep(notingTime);
  const uncounted = account !== null && matches ? await whyUncounted(ctx.db, account, ctx.now()) : null;
  if (!account || !matches || uncounted) {
    const noted = account
      ? refuseSignIn(ctx, { account, settings, reason: barred ? barredReason : reasonOf(account, shut, uncounted) })
      : countUnknownProof(ctx, "session.refuse");
    await Promise.all([noted, noting]);
    throw new AppError("unauthenticated", failureText(settings));
  }
  const raised = account.hash && isOutdated(account.hash) ? await hashPassword(password) : null;
  const started = await startSession(ctx, account.id, { password: { verified: account.hash, raised }, device });
  await refundAttempt(ctx, "session.start");
  return started;
}

async function findAccount(ctx: Ctx, name: string, hash: string | null): Promise<Account | null> {
  const { where, first } = signsInAs(isName(name) ? name : "");
  const [row] = await ctx.db
    .select({ user: users, hash: passwords.hash, setBy: passwords.setBy, device: devices })
    .from(signInNames)
    .innerJoin(users, eq(users.id, signInNames.userId))
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(devices, and(eq(devices.userId, users.id), eq(devices.hash, hash ?? "")))
    .where(where)
    .orderBy(first)
    .limit(1);
  return row ? { ...row.user, hash: row.hash, setBy: row.setBy, device: row.device } : null;
}

/** PostgreSQL stores no NUL, and nobody has a name of this length. */
const isName = (name: string) => name.length <= 320 && !/[\p{Cc}\p{Cs}]/u.test(name);

/** Why, for the log alone: the person who signs in sees the same text for every cause. */
type Refused = { account: Account; settings: Settings; reason: string };

function reasonOf({ hash }: Account, shut: boolean, uncounted: Uncounted | null): string {
  if (shut) return "locked";
  if (uncounted) return uncounted.log;
  return hash === null ? "no password is set" : "wrong password";
}

/**
 * Counts it. The refusal is not thrown here but after `notingTime`, as for a name that nobody has. A password whose maker
 * may no longer act on the person counts as wrong in every respect: were it not counted, a person who may see that an account is
 * locked could infer from it that the password is still in force. One that opens nothing, since a provider is the only way to sign in,
 * is not looked at and counts nothing: strangers would lock that way as well.
 */
export const refuseSignIn = command(sessionOperations["session.refuse"], {
  input: internalInput<Refused>(),
  target: async ({ tx }, { account, settings }) => {
    const record = await lockAccount(tx, account.id);
    if (!record) throw new AppError("unauthenticated", failureText(settings));
    return { id: null, person: { id: record.id, name: fullName(record) }, record, trace: null };
  },
  change: async ({ ctx, tx, now }, record, { account, settings, reason }): Promise<Change<void>> => {
    const device = await findDevice(tx, record.id, account.device?.hash ?? null);
    const uncounted = reason === barredReason || isShut(record, device, now);
    const until = uncounted ? undefined : await countFailure(ctx, tx, record, device, settings);
    const lockedUntil = until === null ? "an administrator unlocks it" : until?.toISOString();
    return {
      value: undefined,
      after: null,
      outcome: "refused",
      facts: lockedUntil ? { reason, lockedUntil } : { reason },
    };
  },
});

/**
 * Counts on the device when it is known, else on the account. One failure too many locks the account either way, so that
 * an administrator sees the lock and can open it; other known devices can still sign in. The end of the lock that this
 * caused; null: none in time.
 */
async function countFailure(ctx: Ctx, tx: Tx, account: UserRow, device: Device | null, settings: Settings) {
  const now = ctx.now();
  const untilUnlocked = settings["lockout.mode"] === "until_unlocked" && !(await isAdministrator(tx, account.id, now));
  const limit = { failures: settings["lockout.failures"], untilUnlocked };
  const { lockedUntil, ...counter } = afterFailure(device ?? account, now, limit);
  if (device) await saveDevice(tx, device, { ...counter, lockedUntil: lockedUntil ?? device.lockedUntil });
  else await saveFailures(tx, account.id, counter);
  if (lockedUntil !== undefined && !outlasts(account, lockedUntil, now))
    await saveFailures(tx, account.id, { lockedAt: now, lockedUntil });
  return lockedUntil;
}

/** Whether the lock that the account has already lasts longer than another one in time. */
const outlasts = (account: UserRow, until: Date | null, now: Date) =>
  isLocked(account, now) && until !== null && account.lockedUntil !== null && account.lockedUntil > until;
