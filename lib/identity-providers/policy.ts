import type { ProviderState } from "@/db/enums";
import { notNow, type Verdict, yes } from "@/lib/verdict";

type Standing = { state: ProviderState; testedAt: Date | null; onlyWayIn: boolean };

/** Whether people may link their account to it, and confirm by it. */
export const isOpen = ({ state }: Pick<Standing, "state">) => state === "enabled";

/** Only what somebody has signed in by, with the settings that stand now (I1). */
export function mayEnable({ state, testedAt }: Pick<Standing, "state" | "testedAt">): Verdict {
  if (state === "enabled") return notNow("It is enabled already.");
  return testedAt ? yes : notNow("Test it first: nobody has signed in by these settings yet.");
}

export function mayDisable({ state }: Pick<Standing, "state">): Verdict {
  return state === "enabled" ? yes : notNow("It is not enabled.");
}

/** Only what people can sign in through may be what everybody has to. */
export function mayBeOnly({ state, onlyWayIn }: Pick<Standing, "state" | "onlyWayIn">): Verdict {
  if (onlyWayIn) return notNow("It is the only way to sign in already.");
  return state === "enabled" ? yes : notNow("Enable it first: nobody signs in through it yet.");
}

export const mayBeReleased = ({ onlyWayIn }: Pick<Standing, "onlyWayIn">): Verdict =>
  onlyWayIn ? yes : notNow("Every way to sign in is open already.");

/** A provider that keeps somebody's password leaves no room for one here. */
export const mayHavePassword = (name: string, keeper: string | null): Verdict =>
  keeper ? notNow(`The password of ${name} is kept by ${keeper}.`) : yes;
