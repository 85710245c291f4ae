import type { Told } from "@/lib/audit/told";
import { type Part, type Phrase, reading, strong, text } from "@/lib/audit/words";
import { operationsOf, peopleAndSelf } from "@/lib/kernel/operation";

const account = (told: Told): Part[] => {
  const name = told.words("account") ?? told.words("name");
  return name ? [text("service account "), strong(name)] : [text("a service account")];
};
const ofAccount = (past: string, base: string): Phrase => ({ past, base, object: account });

/** On whom a role reaches with these is decided by the owner: an actor who reaches the owner reaches what the owner has (R11, R13). */
export const serviceAccountOperations = operationsOf({
  "service_account.read": {
    noun: "Service accounts",
    sentence: "See a user's service accounts",
    scopes: peopleAndSelf,
    icon: "eye",
    told: reading("the service accounts"),
  },
  "service_account.create": {
    noun: "Service accounts",
    sentence: "Create a service account for a user",
    scopes: peopleAndSelf,
    personal: true,
    grants: true,
    icon: "pencil",
    told: { ...ofAccount("created", "create"), more: (told) => told.belongingTo("for") },
    tells: ["name"],
    creates: true,
  },
  "service_account.update": {
    noun: "Service accounts",
    sentence: "Edit a user's service account and its roles",
    scopes: peopleAndSelf,
    personal: true,
    grants: true,
    icon: "pencil",
    told: ofAccount("edited", "edit"),
  },
  "service_account.disable": {
    noun: "Service accounts",
    sentence: "Disable a user's service account",
    scopes: peopleAndSelf,
    under: "service_account.update",
    personal: true,
    icon: "ban",
    told: ofAccount("disabled", "disable"),
    tells: ["status"],
  },
  "service_account.enable": {
    noun: "Service accounts",
    sentence: "Enable a user's service account",
    scopes: peopleAndSelf,
    under: "service_account.update",
    personal: true,
    icon: "check",
    told: ofAccount("enabled", "enable"),
    tells: ["status"],
  },
  "service_account.delete": {
    noun: "Service accounts",
    sentence: "Delete a user's service account",
    scopes: peopleAndSelf,
    personal: true,
    icon: "trash",
    told: {
      ...ofAccount("deleted", "delete"),
      more: (told) => {
        const tokens = told.fact("tokens");
        const count = Array.isArray(tokens) ? tokens.length : 0;
        return count > 0 ? [text(`, ending ${count === 1 ? "1 token" : `${count} tokens`}`)] : [];
      },
    },
  },
  "service_account.issue_token": {
    noun: "Service accounts",
    sentence: "Create an access token for a user's service account",
    scopes: peopleAndSelf,
    under: "token.issue",
    personal: true,
    stepUp: true,
    notOnTokens: true,
    icon: "key",
    told: {
      past: "created",
      base: "create",
      object: (told) => [...told.thing("token"), text(" for "), ...account(told)],
    },
    tells: ["name"],
    creates: true,
  },
});
