import { isLocked } from "@/lib/authz/account-status";

/** A lock lasts 15 minutes, doubling with each further one, a day at most (S4). */
const firstLockMinutes = 15;
const longestLockMinutes = 24 * 60;

/** Minutes that the next lock lasts, after `lockouts` earlier ones. */
export const lockMinutes = (lockouts: number) => Math.min(firstLockMinutes * 2 ** lockouts, longestLockMinutes);

export type Counter = { failedSignIns: number; lockouts: number };
type Limit = { failures: number; untilUnlocked: boolean };

/** The counter after one more failure in a row; with a lock when that was one too many. Null: until it is unlocked. */
export function afterFailure(
  { failedSignIns, lockouts }: Counter,
  now: Date,
  { failures, untilUnlocked }: Limit,
): Counter & { lockedUntil?: Date | null } {
  if (failedSignIns + 1 < failures) return { failedSignIns: failedSignIns + 1, lockouts };
  const lockedUntil = untilUnlocked ? null : new Date(now.getTime() + lockMinutes(lockouts) * 60_000);
  return { failedSignIns: 0, lockouts: lockouts + 1, lockedUntil };
}

type Locks = { lockedAt: Date | null; lockedUntil: Date | null };

/**
 * Whether the password is looked at. A lock in time, which strangers can cause, does not apply to a device that is known;
 * one until an administrator unlocks applies everywhere.
 */
export function isShut(account: Locks, device: { lockedUntil: Date | null } | null, at: Date): boolean {
  if (isLocked(account, at) && (!device || account.lockedUntil === null)) return true;
  return device?.lockedUntil != null && device.lockedUntil > at;
}
