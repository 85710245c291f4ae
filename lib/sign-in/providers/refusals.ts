import type { ProtocolFault } from "@/lib/auth/providers/oidc/faults";
import type { AppError } from "@/lib/errors";
import { withQuery } from "@/lib/lists/search-params";

/** Why nobody was signed in through a provider: a word in the address of /sign-in, whose sentence is made there. */
export type RefusalCode =
  | ProtocolFault
  | "busy"
  | "cancelled"
  | "declined"
  | "off"
  | "unknown"
  | "profile"
  | "unverified"
  | "domain"
  | "taken"
  | "beyond"
  | "removed"
  | "ended"
  | "disabled"
  | "locked"
  | "refused"
  | "session"
  | "linked"
  | "second"
  | "outgrown"
  | "signed_out"
  | "other"
  | "undated"
  | "old";

type Asked = { name: string; contact: string };

const ask = ({ contact }: Asked) => `Ask ${contact || "an administrator of Gatehouse"}`;

/** What each says, and what somebody can do then. */
const sentences: Record<RefusalCode, (asked: Asked) => string> = {
  again: () => "This sign-in was started in another tab, took too long, or has already been used. Start again.",
  unreachable: ({ name }) => `${name} does not answer at the moment. Try again in a minute.`,
  settings: (asked) => `${asked.name} does not work with Gatehouse as it is set up. ${ask(asked)} to look at it.`,
  untrusted: (asked) => `The answer of ${asked.name} could not be verified, so you were not signed in. ${ask(asked)}.`,
  busy: () => "Too many attempts came from your address. Try again in a minute.",
  cancelled: ({ name }) => `You cancelled at ${name}. Start again when you want to sign in.`,
  declined: (asked) =>
    `${asked.name} did not sign you in. Start again, or ask ${asked.contact || "its administrators"}.`,
  off: () => "This way to sign in is not available at the moment. Choose another one.",
  unknown: (asked) => `${asked.name} knows you, but there is no account for you here. ${ask(asked)} for one.`,
  profile: (asked) => `${asked.name} does not send what an account needs, so none was created. ${ask(asked)}.`,
  unverified: (asked) => `${asked.name} has not verified your email address, so no account was created. ${ask(asked)}.`,
  domain: (asked) => `No accounts are created here for addresses of your domain. ${ask(asked)} for one.`,
  taken: (asked) => `Another account already has your user name or email. It was not changed. ${ask(asked)}.`,
  beyond: (asked) => `Your account could not be created because of how ${asked.name} is set up. ${ask(asked)}.`,
  removed: () => "Your account has been removed. Ask an administrator to restore it.",
  ended: () => "Your access has ended. Ask an administrator to extend it.",
  disabled: () => "Your account is disabled. Ask an administrator to enable it.",
  locked: () => "Your account is locked. Try again in 15 minutes, or ask an administrator to unlock it.",
  refused: () => "Sign-in failed. Start again.",
  signed_out: ({ name }) => `You were signed out at ${name} during this sign-in. Start again.`,
  session: () => "Your session ended, or somebody else signed in here in the meantime. Start again.",
  linked: (asked) => `This account at ${asked.name} belongs to another account here. ${ask(asked)}.`,
  second: ({ name }) => `Another account at ${name} is already linked. Unlink it first.`,
  outgrown: (asked) =>
    `A link to your account was prepared, but the person who prepared it may no longer do so. ${ask(asked)} to prepare it again.`,
  other: ({ name }) =>
    `The account that you signed in with at ${name} is not the one that is linked to yours here. Sign out there, then try again.`,
  undated: (asked) =>
    `${asked.name} does not send the time of your sign-in, so it cannot confirm your identity. ${ask(asked)}: the ID token of ${asked.name} must contain the claim auth_time.`,
  old: ({ name }) =>
    `${name} did not ask you to sign in again, so your identity was not confirmed. Sign out at ${name}, then try again.`,
};

export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(sentences, code);

/** `asked`: the provider by its name, and whom to ask; null where it is not offered. */
export const refusalSentence = (code: RefusalCode, asked: Asked | null): string =>
  sentences[code](asked ?? { name: "The provider", contact: "" });

/** The word for a refusal of the command that a sign-in there ended in. */
export function codeOf({ code, details }: AppError): RefusalCode {
  const refusal = (details as { refusal?: string } | undefined)?.refusal;
  if (refusal !== undefined && isRefusalCode(refusal)) return refusal;
  return code === "forbidden" ? "refused" : "again";
}

/** Where it is said: the page that offers every way of signing in. */
export const refusalPath = (code: RefusalCode, slug: string): string =>
  withQuery("/sign-in", [
    ["error", code],
    ["provider", slug],
  ]);

/** Thrown where a sign-in through a provider ends; its event is written. */
export class ProviderRefusal extends Error {
  constructor(readonly code: RefusalCode) {
    super(code);
    this.name = "ProviderRefusal";
  }
}
