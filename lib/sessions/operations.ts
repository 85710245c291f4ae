import type { Told } from "@/lib/audit/told";
import { type Part, strong, text } from "@/lib/audit/words";
import { operationsOf, peopleAndSelf, proven } from "@/lib/kernel/operation";

const sessions = (told: Told): Part[] => {
  const count = told.fact("count");
  const several = typeof count === "number" && count !== 1;
  if (told.own) return [text(several ? `${count} of their own sessions` : "one of their own sessions")];
  return [text(several ? `${count} sessions` : "a session"), ...told.belongingTo()];
};

const signedIn = (owed: boolean, provider: boolean) => {
  if (!owed) return " signed in";
  return provider
    ? " has a second step left after confirming their identity"
    : " gave the right password; the second step is pending";
};

/** What somebody was at a provider for. */
const attempts: Record<string, string> = {
  test: "A test sign-in",
  link: "A sign-in to link an account",
  confirm: "A sign-in to confirm an identity",
};

const attempt = (purpose = "") => attempts[purpose] ?? "Sign-in";

/** What a sign-out at a provider ended here. */
const ended = (count: unknown) => {
  const sessions = typeof count === "number" ? count : 0;
  if (sessions === 0) return "; there were no open sessions";
  return sessions === 1 ? ", ending a session" : `, ending ${sessions} sessions`;
};

export const sessionOperations = operationsOf({
  "session.read": {
    noun: "Sessions",
    sentence: "See a user's sessions",
    scopes: peopleAndSelf,
    icon: "eye",
    told: { past: "saw", base: "see", object: sessions },
  },
  "session.end": {
    noun: "Sessions",
    sentence: "End a user's session",
    scopes: peopleAndSelf,
    personal: true,
    icon: "sign-out",
    told: { past: "ended", base: "end", object: sessions },
  },
  "session.start": {
    noun: "Sessions",
    sentence: "Sign in",
    scopes: proven,
    changesNothing: true,
    icon: "sign-in",
    told: {
      whole: (told) =>
        told.succeeded
          ? [
              ...told.person("Somebody"),
              text(signedIn(told.fact("owed") !== undefined, told.fact("provider") !== undefined)),
              ...told.after(" through ", "provider"),
              ...told.from(),
              ...(told.fact("invitation") === undefined ? [] : [text(", which ended the invitation")]),
            ]
          : told.refusalOf("Sign-in"),
    },
  },
  "session.refuse": {
    noun: "Sessions",
    sentence: "Refuse a sign-in",
    scopes: proven,
    changesNothing: true,
    icon: "pencil",
    told: {
      whole: (told) => [
        text(attempt(told.words("purpose"))),
        ...told.after(" through ", "provider"),
        text(" refused"),
        ...told.belongingTo("for"),
        ...told.because(),
        ...told.repeatedly(),
        ...told.from(),
        ...told.after("; locked until ", "lockedUntil"),
      ],
    },
  },
  "session.verify": {
    noun: "Sessions",
    sentence: "Confirm identity",
    scopes: proven,
    icon: "pencil",
    told: {
      whole: (told) =>
        told.succeeded
          ? [
              ...told.person("Somebody"),
              text(told.fact("step") ? " signed in by the second step" : " confirmed their identity"),
              ...told.after(" at ", "provider"),
              ...told.from(),
            ]
          : told.refusalOf("Identity check", [text(" failed")]),
    },
  },
  "session.end_by_provider": {
    noun: "Sessions",
    sentence: "End the sessions that an identity provider has signed out",
    scopes: proven,
    changesNothing: true,
    icon: "sign-out",
    told: {
      whole: (told) =>
        told.succeeded
          ? [
              text("Identity provider "),
              strong(told.words("provider") ?? "(name erased)"),
              text(" signed out "),
              ...told.person("a user"),
              text(ended(told.fact("count"))),
            ]
          : [text("Sign-out"), ...told.after(" by ", "provider"), ...told.failure(), ...told.because(), ...told.from()],
    },
  },
  "session.sign_out": {
    noun: "Sessions",
    sentence: "Sign out",
    scopes: proven,
    changesNothing: true,
    icon: "sign-out",
    told: {
      whole: (told) =>
        told.succeeded
          ? told.fact("provider")
            ? [...told.person("Somebody"), text(" went on to sign out"), ...told.after(" at ", "provider")]
            : told.fact("replaced")
              ? [text("A new sign-in in the same browser replaced the session"), ...told.belongingTo()]
              : [...told.person("Somebody"), text(" signed out")]
          : [text("Sign-out"), ...told.belongingTo(), ...told.failure(), ...told.because()],
    },
  },
});
