import type { Scope } from "@/db/enums";
import type { AskedOperation } from "@/lib/access/asked-operations";
import type { Decision } from "@/lib/authz/decision";
import type { Voice } from "@/lib/authz/scope-words";

/** A sentence in pieces: plain, `strong` for names, `code` for keys. */
export type Words = (string | { strong: string } | { code: string })[];

/** One link of the chain that leads from a person to what they may do; the last is the fact that makes it true. */
export type Step = { kind: "group" | "role" | "operation" | "fact"; words: Words };

export type Path = { via: "direct" | "group"; until: Date | null; scope: Scope; steps: Step[] };

export type AskedOf = { id: string; name: string };

/**
 * The answer to "May they do this, on that?" `depends`: it is held, and nobody in particular was named to use it on.
 * `decision` is the one that enforcement makes, the state of the account aside.
 */
export type Explanation = {
  person: AskedOf;
  voice: Voice;
  operation: AskedOperation;
  on: AskedOf | null;
  group: AskedOf | null;
  outcome: "allowed" | "depends" | "denied";
  decision: Decision;
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
  mayViewer: Decision;
  /** The form in which it is made, and its button. */
  href: string;
  label: string;
  /** Up to three people in sight who may, and the roles that carry what it takes; null when the viewer may. */
  makers: { people: { id: string; name: string }[]; roles: string[] } | null;
};

export const plainWords = (words: Words) =>
  words.map((word) => (typeof word === "string" ? word : "strong" in word ? word.strong : word.code)).join("");

import { given, oneLine, type Pairs, type Params, withQuery } from "@/lib/lists/search-params";
import { isId } from "@/lib/normalization/id";

/** The address of a page of effective access: what is searched, and what "Why?" was asked. */
export type WhyAddress = { q: string; why: string | null; on: string | null; group: string | null };

/** What it does not understand is left out. */
export function readWhyAddress(params: Params): WhyAddress {
  const first = (name: string) => oneLine([params[name] ?? []].flat()[0] ?? "");
  const id = (name: string) => (isId(first(name)) ? first(name).toLowerCase() : null);
  return { q: first("q"), why: first("why").slice(0, 128) || null, on: id("on"), group: id("group") };
}

export const whyPairs = ({ q, why, on, group }: WhyAddress): Pairs =>
  given([
    ["q", q],
    ["why", why],
    ["on", why && on],
    ["group", why && group],
  ]);

/** The id of the link that asks about an operation: to it the focus returns. */
export const whyLinkId = (operation: string) => `why-${operation}`;

export const whyHref = (base: string, address: WhyAddress) => withQuery(base, whyPairs(address));
