import type { Scope } from "@/db/enums";
import type { HeldOperation } from "@/lib/roles/schema";
import { scopeLabel } from "@/lib/roles/scopes";

/** How far an operation of a role reaches: one scope, several that reach different people, or none at all. */
export type Reach = readonly Scope[];

/** Every reach, the narrowest first. "Everyone" contains the others, so it is alone. */
const reaches: readonly Reach[] = [
  [],
  ["self"],
  ["reports"],
  ["owned_groups"],
  ["reports", "owned_groups"],
  ["self", "reports"],
  ["self", "owned_groups"],
  ["self", "reports", "owned_groups"],
  ["all"],
];

/** The ones that can be chosen where these scopes are taken. */
export const reachesOf = (scopes: readonly Scope[]): Reach[] =>
  reaches.filter((reach) => reach.every((scope) => scopes.includes(scope)));

/** At what an operation is held, as one of its reaches. */
export function reachOf({ operation, scopes }: Scoped, held: readonly HeldOperation[]): Reach {
  const own = held.filter((one) => one.operation === operation).map(({ scope }) => scope);
  if (own.includes("all")) return ["all"];
  return ["self" as const, "reports" as const, "owned_groups" as const].filter(
    (scope) => scopes.includes(scope) && own.includes(scope),
  );
}

/** One word for a reach, as the value of a choice. */
export const reachKey = (reach: Reach): string => reach.join("+") || "none";

type Scoped = { operation: string; scopes: readonly Scope[] };

/** "none", "people below", "own account, people below and members of own groups", "allowed". */
export const reachLabel = (row: Scoped, reach: Reach): string =>
  joined(reach.map((scope) => scopeLabel(row, scope))) || "none";

/** "a", "a and b", "a, b and c". */
export function joined(words: string[], last = "and"): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
