import type { Told } from "@/lib/audit/told";
import { type Phrase, strong, text } from "@/lib/audit/words";
import { operationsOf, people, peopleAndSelf, proven, self } from "@/lib/kernel/operation";

/** "token nightly of Eve Engineer", "token nightly of service account Nightly build" */
const token = (told: Told) => {
  const account = told.words("account");
  const owner = account ? [text(" of service account "), strong(account)] : told.belongingTo();
  return [...told.thing("token"), ...owner];
};
const ofToken = (past: string, base: string): Phrase => ({ past, base, object: token });

export const tokenOperations = operationsOf({
  "token.read": {
    noun: "Access tokens",
    sentence: "See a user's access tokens",
    scopes: peopleAndSelf,
    under: "token.manage",
    icon: "eye",
    told: ofToken("saw", "see"),
  },
  "token.manage": {
    noun: "Access tokens",
    sentence: "See and revoke a user's access tokens",
    scopes: people,
    personal: true,
    icon: "shield",
    told: ofToken("changed", "change"),
  },
  "token.create": {
    noun: "Access tokens",
    sentence: "Create a personal access token",
    scopes: self,
    stepUp: true,
    notOnTokens: true,
    icon: "key",
    told: ofToken("created", "create"),
    tells: ["name"],
    creates: true,
  },
  "token.issue": {
    noun: "Access tokens",
    sentence: "Create an access token for a user",
    scopes: people,
    personal: true,
    stepUp: true,
    notOnTokens: true,
    icon: "key",
    told: {
      past: "created",
      base: "create",
      object: (told) => [...told.thing("token"), ...told.belongingTo("for")],
    },
    tells: ["name"],
    creates: true,
  },
  "token.regenerate": {
    noun: "Access tokens",
    sentence: "Regenerate an access token",
    scopes: peopleAndSelf,
    under: "token.issue",
    personal: true,
    stepUp: true,
    notOnTokens: true,
    icon: "refresh",
    told: ofToken("regenerated", "regenerate"),
  },
  "token.revoke": {
    noun: "Access tokens",
    sentence: "Revoke an access token",
    scopes: peopleAndSelf,
    under: "token.manage",
    personal: true,
    icon: "ban",
    told: ofToken("revoked", "revoke"),
    tells: ["status"],
  },
  "token.introspect": {
    noun: "Access tokens",
    sentence: "Check whether a token is active, and whose it is",
    scopes: people,
    icon: "check",
    told: ofToken("checked", "check"),
    changesNothing: true,
  },
  "token.use": {
    noun: "Access tokens",
    sentence: "Use an access token",
    scopes: proven,
    icon: "key",
    told: { whole: (told) => told.refusalOf("Use of a token") },
  },
});
