import type { ProviderState } from "@/db/enums";
import type { ClaimMapping } from "@/db/schema";
import { type Decision, notNow, yes } from "@/lib/authz/decision";

type Standing = { state: ProviderState; testedAt: Date | null; onlyWayIn: boolean };

/** Whether people may link their account to it, and confirm by it. */
export const isOpen = ({ state }: Pick<Standing, "state">) => state === "enabled";

/** Only what somebody has signed in by, with the current settings (I1). */
export function mayEnable({ state, testedAt }: Pick<Standing, "state" | "testedAt">): Decision {
  if (state === "enabled") return notNow("It is already enabled.");
  return testedAt ? yes : notNow("Test it first: these settings have not been tested yet.");
}

export function mayDisable({ state }: Pick<Standing, "state">): Decision {
  return state === "enabled" ? yes : notNow("It is not enabled.");
}

/** Only what people can sign in through may be what everybody has to. */
export function mayBeOnly({ state, onlyWayIn }: Pick<Standing, "state" | "onlyWayIn">): Decision {
  if (onlyWayIn) return notNow("It is already the only way to sign in.");
  return state === "enabled" ? yes : notNow("Enable it first.");
}

export const mayBeReleased = ({ onlyWayIn }: Pick<Standing, "onlyWayIn">): Decision =>
  onlyWayIn ? yes : notNow("Every way to sign in is already allowed.");

type Preparing = { name: string; managesUsers: boolean; mapping: ClaimMapping };

/** Whether users may be created here for it, who then sign in through it (I2, I4). */
export function mayPrepare({ name, managesUsers, mapping }: Preparing): Decision {
  if (managesUsers) return notNow(`${name} manages its users, so none can be created for it here.`);
  if (mapping.email === "") return notNow(`${name} sends no email by which a user could be recognized.`);
  return yes;
}
