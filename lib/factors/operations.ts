import { ending, text, user } from "@/lib/audit/words";
import { operationsOf, people, self } from "@/lib/kernel/operation";

export const factorOperations = operationsOf({
  "factor.reset": {
    noun: "Users",
    sentence: "Reset a user's second factors",
    scopes: people,
    personal: true,
    stepUp: true,
    notOnTokens: true,
    icon: "pencil",
    told: {
      past: "reset",
      base: "reset",
      object: (told) => [text("the second factors of "), ...user(told)],
      more: ending,
    },
  },
  "factor.add": {
    noun: "Own account",
    sentence: "Add a second factor",
    scopes: self,
    under: "account.update",
    stepUp: true,
    notOnTokens: true,
    icon: "pencil",
    told: { past: "added", base: "add", object: (told) => told.thing("factor") },
  },
  "factor.remove": {
    noun: "Own account",
    sentence: "Remove a second factor",
    scopes: self,
    under: "account.update",
    stepUp: true,
    notOnTokens: true,
    icon: "pencil",
    told: { past: "removed", base: "remove", object: (told) => told.thing("factor") },
  },
  "factor.renew": {
    noun: "Own account",
    sentence: "Generate new recovery codes",
    scopes: self,
    under: "account.update",
    stepUp: true,
    notOnTokens: true,
    icon: "pencil",
    told: { past: "generated", base: "generate", object: () => [text("new recovery codes")] },
  },
});
