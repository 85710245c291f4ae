import { text, user } from "@/lib/audit/words";
import { operationsOf, people, proven } from "@/lib/kernel/operation";

export const invitationOperations = operationsOf({
  "invitation.send": {
    noun: "Users",
    sentence: "Send an invitation",
    scopes: people,
    personal: true,
    stepUp: true,
    icon: "pencil",
    told: { past: "invited", base: "invite", object: user },
  },
  "invitation.revoke": {
    noun: "Users",
    sentence: "Revoke an invitation",
    scopes: people,
    under: "invitation.send",
    personal: true,
    icon: "pencil",
    told: {
      past: "revoked",
      base: "revoke",
      object: (told) => [text("the invitation of "), ...user(told)],
    },
  },
  "invitation.accept": {
    noun: "Users",
    sentence: "Accept an invitation",
    scopes: proven,
    icon: "pencil",
    told: {
      whole: (told) =>
        told.succeeded
          ? [...told.person("Somebody"), text(" accepted the invitation"), ...told.from()]
          : told.refusalOf("An invitation"),
    },
  },
});
