import type { ProviderState } from "@/db/enums";
import type { ClaimMapping } from "@/db/schema";
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

type Preparing = { name: string; managesUsers: boolean; mapping: ClaimMapping };

/** Whether users may be created here for it, who then sign in through it (I2, I4). */
export function mayPrepare({ name, managesUsers, mapping }: Preparing): Verdict {
  if (managesUsers) return notNow(`${name} manages its users, so nobody creates any for it here.`);
  if (mapping.email === "") return notNow(`${name} tells no email by which a user could be recognized.`);
  return yes;
}
