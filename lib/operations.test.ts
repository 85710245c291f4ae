import { expect, test } from "vitest";
import type { Operation } from "@/lib/kernel/operation";
import { isOperation, operationKeys, operationOf } from "@/lib/operations";
import { projectFiles } from "@/lib/testing/sources";

const nouns = projectFiles.flatMap((path) => /^lib\/([^/]+)\/operations\.ts$/.exec(path)?.[1] ?? []);

test("the catalogue contains what every noun declares, each key once", async () => {
  const modules = await Promise.all(nouns.map((noun): Promise<object> => import(`./${noun}/operations.ts`)));
  const declared = modules.flatMap((module) =>
    Object.values(module).flatMap((operations: object) => Object.keys(operations)),
  );
  expect(nouns.length).toBeGreaterThan(12);
  expect(declared.toSorted()).toEqual(operationKeys.toSorted());
});

test.each(operationKeys)("%s is a noun and a verb, is under what exists, and is listed widest scope first", (key) => {
  const { scopes, under }: Operation = operationOf(key);
  expect(key).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/);
  if (under) expect(isOperation(under)).toBe(true);
  const byWidth = ["all", "reports", "owned_groups", "self"];
  expect(scopes.toSorted((a, b) => byWidth.indexOf(a) - byWidth.indexOf(b))).toEqual(scopes);
});
