import type { Scope } from "@/db/enums";
import type { AskedOperation, Voice } from "@/lib/authz/questions";
import type { Suggestion } from "@/lib/authz/suggestion";
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

export const plainWords = (words: Words) =>
  words.map((word) => (typeof word === "string" ? word : "strong" in word ? word.strong : word.code)).join("");
