import { ending, text, user } from "@/lib/audit/words";
import { operationsOf, people, proven } from "@/lib/kernel/operation";

export const passwordOperations = operationsOf({
  "password.reset": {
    noun: "Users",
    sentence: "Reset a user's password",
    scopes: people,
    personal: true,
    stepUp: true,
    icon: "pencil",
    told: {
      past: "reset",
      base: "reset",
      object: (told) => [text("the password of "), ...user(told)],
      more: ending,
    },
  },
  "password.revoke_link": {
    noun: "Users",
    sentence: "Revoke a link for a new password",
    scopes: people,
    under: "password.reset",
    personal: true,
    icon: "pencil",
    told: {
      past: "revoked",
      base: "revoke",
      object: (told) => [text("the link for a new password of "), ...user(told)],
    },
  },
  "password.request": {
    noun: "Own account",
    sentence: "Request a new password",
    scopes: proven,
    icon: "pencil",
    told: {
      whole: (told) =>
        told.succeeded
          ? [text("A link for a new password was requested"), ...told.belongingTo("by"), ...told.from()]
          : [
              text("A link for a new password was refused"),
              ...told.belongingTo("for"),
              ...told.because(),
              ...told.repeatedly(),
              ...told.from(),
            ],
    },
  },
  "password.redeem": {
    noun: "Own account",
    sentence: "Set a password by link",
    scopes: proven,
    icon: "pencil",
    told: {
      whole: (told) =>
        told.succeeded
          ? [...told.person("Somebody"), text(" set a new password by link"), ...told.from(), ...ending(told)]
          : told.refusalOf("A link for a new password"),
    },
  },
});
