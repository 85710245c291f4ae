import type { Standing } from "@/lib/authz/account-status";
import { type Decision, notNow, yes } from "@/lib/authz/decision";

type Holder = Pick<Standing, "lockedAt" | "lockedUntil"> & {
  /** The provider that keeps both. */
  keeper: { name: string } | null;
};

/**
 * Whether the current password is looked at in an open session. A provider's account has none (I4). A lock in time, which
 * strangers can cause, does not apply here: wrong entries are counted by the session (S4).
 */
export function mayGivePassword({ keeper, lockedAt, lockedUntil }: Holder): Decision {
  if (keeper) return notNow(`Your email and password are managed by ${keeper.name}. Change them there.`);
  if (lockedAt !== null && lockedUntil === null)
    return notNow("Your account is locked until an administrator unlocks it, so passwords are not accepted.");
  return yes;
}
