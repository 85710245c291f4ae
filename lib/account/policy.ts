import { isLocked, type Standing } from "@/lib/users/status";
import { notNow, type Verdict, yes } from "@/lib/verdict";

type Holder = Pick<Standing, "lockedAt" | "lockedUntil"> & { configuration: string };

/** Whether the current password is looked at here: a locked account takes none, and a provider's has none (S4, I4). */
export function mayGivePassword(holder: Holder, at: Date): Verdict {
  if (holder.configuration !== "default")
    return notNow(`Your email and password are kept by ${holder.configuration}. Change them there.`);
  if (!isLocked(holder, at)) return yes;
  if (holder.lockedUntil === null)
    return notNow("Your account is locked until an administrator unlocks it, so passwords are not looked at.");
  const minutes = Math.ceil((holder.lockedUntil.getTime() - at.getTime()) / 60_000);
  return notNow(`Your account is locked after five wrong passwords. Try again in ${minutes} min.`);
}
