import { reading, text } from "@/lib/audit/words";
import { everyone, operationsOf } from "@/lib/kernel/operation";

export const mailOperations = operationsOf({
  "mail.configure": {
    noun: "Mail",
    sentence: "Set how mail is sent",
    scopes: everyone,
    stepUp: true,
    everything: true,
    icon: "pencil",
    told: { past: "changed", base: "change", object: () => [text("how mail is sent")] },
  },
  "mail.read": {
    noun: "Mail",
    sentence: "Read the mail log",
    scopes: everyone,
    icon: "eye",
    told: reading("the mail log"),
  },
  "mail.retry": {
    noun: "Mail",
    sentence: "Send a mail again",
    scopes: everyone,
    under: "setting.update",
    icon: "pencil",
    told: { past: "sent", base: "send", object: (told) => told.thing("mail"), more: () => [text(" again")] },
  },
  "mail.test": {
    noun: "Mail",
    sentence: "Send a test mail",
    scopes: everyone,
    under: "setting.update",
    icon: "pencil",
    told: { past: "sent", base: "send", object: () => [text("themselves a test mail")] },
  },
});
