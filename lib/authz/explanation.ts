import type { Scope } from "@/db/enums";
import type { AskedOperation, Voice } from "@/lib/authz/questions";
import type { Verdict } from "@/lib/verdict";

/** A sentence in pieces: plain, `strong` for names, `code` for keys. */
export type Words = (string | { strong: string } | { code: string })[];

/** One link of the chain that leads from a person to what they may do; the last is the fact that makes it true. */
export type Step = { kind: "group" | "role" | "operation" | "fact"; words: Words };

export type Path = { via: "direct" | "group"; until: Date | null; scope: Scope; steps: Step[] };

export type AskedOf = { id: string; name: string };

/**
 * The answer to "May they do this, on that?" `depends`: it is held, and nobody in particular was named to use it on.
 * `verdict` is the judgement that enforcement makes, the state of the account aside.
 */
export type Explanation = {
  person: AskedOf;
  voice: Voice;
  operation: AskedOperation;
  on: AskedOf | null;
  group: AskedOf | null;
  outcome: "allowed" | "depends" | "denied";
  verdict: Verdict;
  /** Why not; null unless denied. */
  why: string | null;
  notes: string[];
  paths: Path[];
  suggestions: Suggestion[];
  /** Whether each suggestion is enough; else the account has to be in force besides, as `why` says. */
  alone: boolean;
};

/** A change that would grant what was denied (R7): what to do, what comes with it, and who may. */
export type Suggestion = {
  steps: string[];
  /** What comes with it beyond what was asked. */
  effect: string;
  /** Whether the viewer may make it, by the guards that its command asks. */
  mayViewer: Verdict;
  /** The form in which it is made, and its button. */
  href: string;
  label: string;
  /** Up to three people in sight who may, and the roles that carry what it takes; null when the viewer may. */
  makers: { people: { id: string; name: string }[]; roles: string[] } | null;
};

export const plainWords = (words: Words) =>
  words.map((word) => (typeof word === "string" ? word : "strong" in word ? word.strong : word.code)).join("");
