import { type Part, strong, text, valueParts } from "@/lib/audit/fields";
import type { Told } from "@/lib/audit/told";
import type { OperationKey } from "@/lib/operations";

/** How an operation is told: "Ada Admin disabled Dan Disabled", "Ada Admin was refused to disable Dan Disabled". */
export type Phrase =
  | {
      past: string;
      base: string;
      object: (told: Told) => Part[];
      /** Ends the sentence when it succeeded. */
      more?: (told: Told) => Part[];
    }
  /** For what has no actor: somebody who proves themselves, or fails to. */
  | { whole: (told: Told) => Part[] };

const user = (told: Told) => (told.own ? [text("their own account")] : told.person("a user"));
const client = (told: Told) => [...told.thing("client"), ...told.belongingTo()];
const quoted = (words: string | undefined): Part[] => (words ? [text(`: “${words.replace(/\.$/, "")}”`)] : []);
const until = (value: unknown): Part[] => (value === undefined ? [] : [text(" until "), ...valueParts(value)]);
const counted = (count: unknown, one: string, many: string) =>
  typeof count === "number" && count > 0 ? [`${count} ${count === 1 ? one : many}`] : [];

const ending = (told: Told): Part[] => {
  const clients = told.fact("clients");
  const ended = [
    ...counted(told.fact("sessions"), "session", "sessions"),
    ...counted(Array.isArray(clients) ? clients.length : clients, "client", "clients"),
  ];
  return ended.length > 0 ? [text(`, ending ${ended.join(" and ")}`)] : [];
};

const reading = (what: string): Phrase => ({ past: "read", base: "read", object: () => [text(what)] });
const ofClient = (past: string, base: string): Phrase => ({ past, base, object: client });
const group = (told: Told) => told.thing("group");
const role = (told: Told) => told.thing("role");
const appOperation = (told: Told) => told.things("operation", "operations");
const membership = (word: string) => (told: Told) => [...user(told), text(` ${word} `), ...told.thing("group")];
const succeeded = (told: Told) => told.event.outcome === "succeeded";
const refusal = (told: Told) => (told.event.outcome === "failed" ? " failed" : " refused");

const repeatedly = (told: Told): Part[] => {
  const count = told.fact("count");
  return typeof count === "number" && count > 1 ? [text(`, ${count} times within a minute`)] : [];
};

const sessions = (told: Told): Part[] => {
  const count = told.fact("count");
  const several = typeof count === "number" && count !== 1;
  if (told.own) return [text(several ? `${count} of their own sessions` : "one of their own sessions")];
  return [text(several ? `${count} sessions` : "a session"), ...told.belongingTo()];
};

const phrases: Record<OperationKey, Phrase> = {
  "account.update": {
    past: "changed",
    base: "change",
    object: (told) => (told.own ? [text("their own account")] : [text("the account"), ...told.belongingTo()]),
    more: ending,
  },
  "account.export": {
    past: "downloaded",
    base: "download",
    object: (told) => (told.own ? [text("their own data")] : [text("the data"), ...told.belongingTo()]),
  },

  "user.read": { past: "saw", base: "see", object: user },
  "user.create": { past: "created", base: "create", object: user },
  "user.update": { past: "edited", base: "edit", object: user, more: ending },
  "user.disable": {
    past: "disabled",
    base: "disable",
    object: user,
    more: (told) => [...until(told.fact("until")), ...ending(told), ...quoted(told.words("reason"))],
  },
  "user.enable": { past: "enabled", base: "enable", object: user },
  "user.unlock": { past: "unlocked", base: "unlock", object: user },
  "user.archive": { past: "removed", base: "remove", object: user, more: ending },
  "user.restore": { past: "restored", base: "restore", object: user },
  "user.purge": {
    past: "erased",
    base: "erase",
    object: user,
    more: () => [text(" for good")],
  },

  "invitation.send": { past: "invited", base: "invite", object: user },
  "invitation.revoke": {
    past: "revoked",
    base: "revoke",
    object: (told) => [text("the invitation of "), ...user(told)],
  },
  "invitation.accept": {
    whole: (told) =>
      succeeded(told)
        ? [...told.person("Somebody"), text(" accepted the invitation"), ...told.from()]
        : [text("An invitation"), ...told.belongingTo(), text(refusal(told)), ...told.because(), ...told.from()],
  },
  "password.reset": {
    past: "reset",
    base: "reset",
    object: (told) => [text("the password of "), ...user(told)],
    more: ending,
  },
  "password.request": {
    whole: (told) =>
      succeeded(told)
        ? [text("A link for a new password was asked for"), ...told.belongingTo("by"), ...told.from()]
        : [
            text("A link for a new password was refused"),
            ...told.belongingTo("for"),
            ...told.because(),
            ...repeatedly(told),
            ...told.from(),
          ],
  },
  "password.redeem": {
    whole: (told) =>
      succeeded(told)
        ? [...told.person("Somebody"), text(" set a new password by link"), ...told.from(), ...ending(told)]
        : [
            text("A link for a new password"),
            ...told.belongingTo(),
            text(refusal(told)),
            ...told.because(),
            ...told.from(),
          ],
  },
  "email.confirm": {
    whole: (told) =>
      succeeded(told)
        ? [...told.person("Somebody"), text(" confirmed a new address"), ...told.from()]
        : [
            text("A link for a new address"),
            ...told.belongingTo(),
            text(refusal(told)),
            ...told.because(),
            ...told.from(),
          ],
  },
  "factor.reset": {
    past: "reset",
    base: "reset",
    object: (told) => [text("the second factors of "), ...user(told)],
    more: ending,
  },
  "factor.add": { past: "added", base: "add", object: (told) => told.thing("factor") },
  "factor.remove": { past: "removed", base: "remove", object: (told) => told.thing("factor") },
  "factor.renew": { past: "made", base: "make", object: () => [text("new recovery codes")] },

  "client.read": { past: "saw", base: "see", object: client },
  "client.manage": ofClient("changed", "change"),
  "client.generate": {
    past: "generated",
    base: "generate",
    object: (told) => [...told.thing("client"), ...told.belongingTo("for")],
  },
  "client.confirm": {
    past: "confirmed",
    base: "confirm",
    object: (told) => [text("that the token of "), ...client(told), text(" is stored")],
  },
  "client.deregister": ofClient("deregistered", "deregister"),
  "client.reregister": ofClient("reregistered", "reregister"),
  "client.reprovision": ofClient("reprovisioned", "reprovision"),
  "client.register": {
    whole: (told) =>
      succeeded(told)
        ? [...capital(client(told)), text(" registered"), ...told.from()]
        : [
            text("Registration of "),
            ...client(told),
            text(refusal(told)),
            ...told.because(),
            ...repeatedly(told),
            ...told.from(),
          ],
  },

  "session.read": { past: "saw", base: "see", object: sessions },
  "session.end": { past: "ended", base: "end", object: sessions },
  "session.start": {
    whole: (told) =>
      succeeded(told)
        ? [
            ...told.person("Somebody"),
            text(told.fact("owed") ? " gave the right password; the second step is owed" : " signed in"),
            ...told.from(),
          ]
        : [text("Sign-in"), ...told.belongingTo(), text(refusal(told)), ...told.because(), ...told.from()],
  },
  "session.refuse": {
    whole: (told) => {
      const lockedUntil = told.fact("lockedUntil");
      return [
        text("Sign-in refused"),
        ...told.belongingTo("for"),
        ...told.because(),
        ...repeatedly(told),
        ...told.from(),
        ...(lockedUntil === undefined ? [] : [text("; locked until "), ...valueParts(lockedUntil)]),
      ];
    },
  },
  "session.verify": {
    whole: (told) =>
      succeeded(told)
        ? [
            ...told.person("Somebody"),
            text(told.fact("step") ? " signed in by the second step" : " proved who they are again"),
            ...told.from(),
          ]
        : [text("Proof of who one is"), ...told.belongingTo(), text(refusal(told)), ...told.because(), ...told.from()],
  },
  "session.sign_out": {
    whole: (told) =>
      succeeded(told)
        ? told.fact("replaced")
          ? [text("A new sign-in in the same browser replaced the session"), ...told.belongingTo()]
          : [...told.person("Somebody"), text(" signed out")]
        : [text("Sign-out"), ...told.belongingTo(), text(refusal(told)), ...told.because()],
  },

  "group.read": reading("the groups"),
  "group.create": { past: "created", base: "create", object: group },
  "group.update": { past: "edited", base: "edit", object: group },
  "group.delete": { past: "deleted", base: "delete", object: group },
  "group.add_member": {
    past: "added",
    base: "add",
    object: membership("to"),
    more: (told) => until(told.fact("until")),
  },
  "group.remove_member": { past: "removed", base: "remove", object: membership("from") },

  "role.read": reading("the roles"),
  "role.create": { past: "created", base: "create", object: role },
  "role.update": { past: "edited", base: "edit", object: role },
  "role.delete": { past: "deleted", base: "delete", object: role },
  "role.install": { past: "added", base: "add", object: (told) => told.thing("preset") },
  "app_operation.declare": { past: "declared", base: "declare", object: appOperation },
  "app_operation.remove": { past: "removed", base: "remove", object: appOperation },

  "audit.read": reading("the audit log"),
  "audit.export": {
    past: "exported",
    base: "export",
    object: () => [text("the audit log")],
    more: (told) => {
      const format = told.words("format");
      const events = told.words("events");
      return [
        ...(events ? [text(`: ${events} ${events === "1" ? "event" : "events"}`)] : []),
        ...(format ? [text(` as ${format}`)] : []),
      ];
    },
  },
  "setting.read": reading("the settings"),
  "setting.update": { past: "changed", base: "change", object: (told) => told.thing("setting") },
  "mail.read": reading("the mail log"),
  "mail.configure": { past: "changed", base: "change", object: () => [text("how mail is sent")] },
  "mail.retry": { past: "sent", base: "send", object: (told) => told.thing("mail"), more: () => [text(" again")] },
  "mail.test": { past: "sent", base: "send", object: () => [text("themselves a test mail")] },
  "setup.complete": {
    whole: (told) => {
      if (!succeeded(told)) return [text("Setup"), text(refusal(told)), ...told.because(), ...told.from()];
      const preset = told.words("preset");
      return [
        text("Gatehouse was set up"),
        ...(preset ? [text(" with the roles of "), strong(preset)] : []),
        ...(told.event.person ? [text("; "), ...told.person("somebody"), text(" is its first administrator")] : []),
      ];
    },
  },
};

export const phraseOf = (operation: string): Phrase | null =>
  Object.hasOwn(phrases, operation) ? phrases[operation as OperationKey] : null;

function capital([first, ...more]: Part[]): Part[] {
  if (first?.kind !== "text") return first ? [first, ...more] : [];
  return [text(first.text.charAt(0).toUpperCase() + first.text.slice(1)), ...more];
}
