import type { NoGroups } from "@/db/schema";
import { mostToldGroups } from "@/lib/auth/providers/oidc/claims";

/** For how many of the last people who signed in no groups were sent, by reason. */
export type Silent = { why: NoGroups; people: number };

/** Why a sign-in came without groups, as the rest of a sentence. */
export const noGroupsWords: Record<NoGroups, string> = {
  missing: "the claim was missing",
  elsewhere: "the provider left the groups out of the token, because there were too many",
  unreadable: "the claim was not a list of texts",
  "too many": `the claim named more than ${mostToldGroups.toLocaleString("en")} groups`,
};

/** The text on the page of the provider: nothing was taken away, and why nothing was brought up to date (I8). */
export function silentWords(silent: Silent[]): string {
  const people = silent.reduce((sum, one) => sum + one.people, 0);
  const why = silent.map((one) =>
    silent.length > 1 ? `${noGroupsWords[one.why]} (${one.people})` : noGroupsWords[one.why],
  );
  const who = people === 1 ? "One person" : `${people.toLocaleString("en")} people`;
  return `${who} kept their groups as they were at their last sign-in: ${why.join("; ")}.`;
}
