import type { Scope } from "@/db/enums";
import { productNoun, type Takes, takesOf } from "@/lib/authz/scope-words";
import { operationKeys, operationOf } from "@/lib/operations";

/** An operation that can be asked about: ours that roles carry, and the product's own. */
export type AskedOperation = { key: string; sentence: string; noun: string; takes: Takes; scopes: readonly Scope[] };

/** Every operation in the catalogue's order, then the product's own. What needs no role is no question. */
export function askedOperations(apps: { key: string; sentence: string }[]): AskedOperation[] {
  const own = operationKeys
    .filter((key) => operationOf(key).scopes.length > 0)
    .map((key) => {
      const { sentence, noun, scopes } = operationOf(key);
      return { key: key as string, sentence, noun, scopes, takes: takesOf(key) };
    });
  const theirs = apps.map((app) => ({ ...app, noun: productNoun, scopes: ["all"] as const, takes: "nobody" as const }));
  return [...own, ...theirs];
}
