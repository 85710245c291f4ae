import type { ProviderState } from "@/db/enums";
import { notNow, type Verdict, yes } from "@/lib/verdict";

type Standing = { state: ProviderState; testedAt: Date | null };

/** Only what somebody has signed in by, with the settings that stand now (I1). */
export function mayEnable({ state, testedAt }: Standing): Verdict {
  if (state === "enabled") return notNow("It is enabled already.");
  return testedAt ? yes : notNow("Test it first: nobody has signed in by these settings yet.");
}

export function mayDisable({ state }: Pick<Standing, "state">): Verdict {
  return state === "enabled" ? yes : notNow("It is not enabled.");
}

/** Whether people may sign in through it. */
export const isOpen = ({ state }: Pick<Standing, "state">): boolean => state === "enabled";

/** A provider that keeps somebody's password leaves no room for one here. */
export const mayHavePassword = (name: string, keeper: string | null): Verdict =>
  keeper ? notNow(`The password of ${name} is kept by ${keeper}.`) : yes;
