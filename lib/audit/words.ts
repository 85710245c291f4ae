import type { Told } from "@/lib/audit/told";

/** What sentences of the log are made of, and the words that the operations of several nouns share. */

/** A piece of a sentence. The caller formats a moment, in the reader's time zone. */
export type Part =
  | { kind: "text"; text: string }
  | { kind: "strong"; text: string }
  | { kind: "key"; text: string }
  | { kind: "person"; id: string; text: string; visible: boolean; strong: boolean }
  | { kind: "account"; id: string; text: string; visible: boolean }
  | { kind: "moment"; at: string };

/** How the log describes an operation: "Ada Admin disabled Dan Disabled", "Ada Admin tried to disable Dan Disabled and was refused". */
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

export const text = (words: string): Part => ({ kind: "text", text: words });
export const strong = (words: string): Part => ({ kind: "strong", text: words });

/** For a reader's browser: of people whom the reader may not open the name is said, and the id is kept back. */
export const shownParts = (parts: Part[]): Part[] =>
  parts.map((part) => (part.kind === "person" && !part.visible ? strong(part.text) : part));

/** The phrase of an operation that only reads, which is logged when it is refused. */
export const reading = (what: string): Phrase => ({ past: "read", base: "read", object: () => [text(what)] });

/** The person concerned, as an object: "Eve Engineer", "their own account". */
export const user = (told: Told): Part[] => (told.own ? [text("their own account")] : told.person("a user"));

/** ", ending 2 sessions, 1 client and 1 token" */
export function ending(told: Told): Part[] {
  const many = (fact: unknown) => (Array.isArray(fact) ? fact.length : fact);
  const ended = [
    ...counted(told.fact("sessions"), "session", "sessions"),
    ...counted(many(told.fact("clients")), "client", "clients"),
    ...counted(many(told.fact("tokens")), "token", "tokens"),
  ];
  return ended.length > 0 ? [text(`, ending ${ended.join(", ").replace(/, ([^,]*)$/, " and $1")}`)] : [];
}

const counted = (count: unknown, one: string, many: string) =>
  typeof count === "number" && count > 0 ? [`${count} ${count === 1 ? one : many}`] : [];

/** Refusals that address the person who proves who they are, and what the log says of that person instead. */
const spoken: [RegExp, string][] = [
  [/^Your account has been removed\. .*/, "the account has been removed"],
  [/^Your access has ended\. .*/, "the access has ended"],
  [/^Your account is disabled\. .*/, "the account is disabled"],
  [/^Your account is locked\. .*/, "the account is locked"],
  [/^Your password is managed by (.*)\.$/, "the password is managed by $1"],
];

/** The reason of a refusal as the log has it. Also applied to events that were written before this existed. */
export function reasonInLog(message: string): string {
  const known = spoken.find(([words]) => words.test(message));
  return known ? message.replace(...known) : message;
}
