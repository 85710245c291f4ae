import type { Told } from "@/lib/audit/told";
import { ending, text } from "@/lib/audit/words";
import { operationsOf, proven, self } from "@/lib/kernel/operation";

/** What alone was changed, where it has a name of its own; else the account. */
const part = ({ event }: Told) =>
  ["picture", "password"].find((field) => `change.${field}` in event.values && changes(event.values) === 1);

const changes = (values: Record<string, unknown>) =>
  Object.keys(values).filter((path) => path.startsWith("change.")).length;

export const accountOperations = operationsOf({
  "account.update": {
    noun: "Own account",
    sentence: "Edit own name, email and password",
    scopes: self,
    icon: "pencil",
    told: {
      past: "changed",
      base: "change",
      object: (told) => {
        const changed = part(told);
        if (told.own) return [text(changed ? `their ${changed}` : "their own account")];
        return [text(`the ${changed ?? "account"}`), ...told.belongingTo()];
      },
      more: ending,
    },
  },
  "account.export": {
    noun: "Own account",
    sentence: "Download own data",
    scopes: self,
    under: "account.update",
    stepUp: true,
    changesNothing: true,
    icon: "download",
    told: {
      past: "downloaded",
      base: "download",
      object: (told) => (told.own ? [text("their own data")] : [text("the data"), ...told.belongingTo()]),
    },
  },
});

export const emailOperations = operationsOf({
  "email.confirm": {
    noun: "Own account",
    sentence: "Confirm an email",
    scopes: proven,
    icon: "pencil",
    told: {
      whole: (told) =>
        told.succeeded
          ? [...told.person("Somebody"), text(" confirmed a new email"), ...told.from()]
          : told.refusalOf("A link for a new email"),
    },
  },
});
