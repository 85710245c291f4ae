import type { Scope } from "@/db/enums";

/** Scopes in words, widest first. Somebody's own name takes the place of "the holder" where one person is meant. */
export const scopesByWidth: readonly Scope[] = ["all", "reports", "owned_groups", "self"];

export const scopeWords: Record<Scope, string> = {
  all: "everyone",
  reports: "people below",
  owned_groups: "members of own groups",
  self: "own account",
};

/** An operation, and the scopes at which a role can carry it. */
type Scoped = { operation: string; scopes: readonly Scope[] };

/** The word of a scope beside one operation: a group is not a person, and what concerns nobody is simply allowed. */
export function scopeLabel({ operation, scopes }: Scoped, scope: Scope): string {
  if (scope === "all" && scopes.length === 1) return "allowed";
  if (!operation.startsWith("group.")) return scopeWords[scope];
  return scope === "all" ? "every group" : "own groups";
}

/** The same for a narrow column, explained by a legend. */
export const scopeMarks: Record<Scope, string> = {
  all: "everyone",
  reports: "below",
  owned_groups: "groups",
  self: "own",
};

export function scopeMark({ scopes }: Scoped, scope: Scope): string {
  if (scope === "all" && scopes.length === 1) return "yes";
  return scopeMarks[scope];
}

export const scopeSentences: Record<Scope, string> = {
  all: "every person, every group",
  reports: "people below the holder in the organisation",
  owned_groups: "members of groups that the holder owns, and those groups",
  self: "the holder's own account",
};

/** What is shown beside an operation that no role carries (R15). */
export const everythingNote =
  "No single role gives this. Everybody who holds every other operation without an end date, as Admin does, can do it.";

/** One operation at one scope, as a word that can be looked up. */
export const pairOf = (operation: string, scope: Scope) => `${operation} ${scope}`;

type Held = { operation: string; scope: Scope };

/** Each once, and nothing beside "everyone", which contains the others. */
export function withoutRepeats<H extends Held>(operations: H[]): Held[] {
  const wide = new Set(operations.filter(({ scope }) => scope === "all").map(({ operation }) => operation));
  const kept = operations.filter(({ operation, scope }) => scope === "all" || !wide.has(operation));
  return [...new Map(kept.map(({ operation, scope }) => [pairOf(operation, scope), { operation, scope }])).values()];
}

/** How many operations these are, whatever their scopes. */
export const countOperations = (held: readonly { operation: string }[]): number =>
  new Set(held.map(({ operation }) => operation)).size;
