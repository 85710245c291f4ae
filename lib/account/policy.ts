import type { Standing } from "@/lib/users/status";
import { notNow, type Verdict, yes } from "@/lib/verdict";

type Holder = Pick<Standing, "lockedAt" | "lockedUntil"> & {
  configuration: string;
  /** What the configuration is called, where it is known. */
  provider?: string;
};

/**
 * Whether the current password is looked at in an open session. A provider's account has none (I4). A lock in time, which
 * strangers can cause, does not hold here: wrong entries are counted by the session (S4).
 */
export function mayGivePassword({ configuration, provider, lockedAt, lockedUntil }: Holder): Verdict {
  if (configuration !== "default")
    return notNow(`Your email and password are kept by ${provider ?? configuration}. Change them there.`);
  if (lockedAt !== null && lockedUntil === null)
    return notNow("Your account is locked until an administrator unlocks it, so passwords are not looked at.");
  return yes;
}
