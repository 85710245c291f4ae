/** Five failures in a row lock an account for 15 minutes, doubling with each further lock (S4). */
export const failuresToLock = 5;
const firstLockMinutes = 15;
const longestLockMinutes = 24 * 60;

/** Minutes that the next lock lasts, after `lockouts` earlier ones. */
export const lockMinutes = (lockouts: number) => Math.min(firstLockMinutes * 2 ** lockouts, longestLockMinutes);

export function afterFailure(
  counter: { failedSignIns: number; lockouts: number },
  now: Date,
): { failedSignIns: number; lockouts: number; lockedAt?: Date; lockedUntil?: Date } {
  const failedSignIns = counter.failedSignIns + 1;
  if (failedSignIns < failuresToLock) return { failedSignIns, lockouts: counter.lockouts };
  return {
    failedSignIns: 0,
    lockouts: counter.lockouts + 1,
    lockedAt: now,
    lockedUntil: new Date(now.getTime() + lockMinutes(counter.lockouts) * 60_000),
  };
}
