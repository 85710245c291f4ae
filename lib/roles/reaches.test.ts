import { expect, test } from "vitest";
import type { Scope } from "@/db/enums";
import { carriedKeys, operationOf } from "@/lib/operations";
import { reachesOf, reachKey, reachLabel, reachOf } from "@/lib/roles/reaches";

function subsetsOf([first, ...others]: readonly Scope[]): Scope[][] {
  if (!first) return [[]];
  const without = subsetsOf(others);
  return [...without, ...without.map((some) => [first, ...some])];
}

test("whatever scopes an operation is stored with, one of its choices is just that: nothing gets lost", () => {
  for (const operation of carriedKeys) {
    const { scopes } = operationOf(operation);
    const choices = reachesOf(scopes).map(reachKey);
    for (const stored of subsetsOf(scopes)) {
      const reach = reachOf(
        { operation, scopes },
        stored.map((scope) => ({ operation, scope })),
      );
      expect(choices).toContain(reachKey(reach));
      expect(new Set(reach)).toEqual(new Set(stored.includes("all") ? ["all"] : stored));
    }
  }
});

test("each choice has words of its own", () => {
  for (const operation of carriedKeys) {
    const { scopes } = operationOf(operation);
    const labels = reachesOf(scopes).map((reach) => reachLabel({ operation, scopes }, reach));
    expect(new Set(labels).size).toBe(labels.length);
  }
});
