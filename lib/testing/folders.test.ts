import { expect, test } from "vitest";
import { isTest, projectFiles, textOf } from "@/lib/testing/sources";

/** `operations.ts` and `schema.ts` of a noun are data that every folder may read, in either direction. */
const isData = (path: string) => /\/(operations|schema)$/.test(path);

/** From which folders of `lib/` each folder imports values. */
function importsByFolder(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const path of projectFiles) {
    const [, from] = /^lib\/([^/]+)\/.+\.ts$/.exec(path) ?? [];
    if (!from || from === "testing" || isTest(path) || isData(path.replace(/\.ts$/, ""))) continue;
    for (const [, target = ""] of textOf(path).matchAll(/^import (?!type )[^;"]*from "@\/lib\/([^"]+)";/gm)) {
      const [to = "", ...rest] = target.split("/");
      if (rest.length === 0 || to === from || isData(target)) continue;
      found.set(from, (found.get(from) ?? new Set()).add(to));
    }
  }
  return found;
}

test("no two folders import each other", () => {
  const imports = importsByFolder();
  expect(imports.size).toBeGreaterThan(20);
  const pairs = [...imports].flatMap(([from, to]) =>
    [...to].filter((other) => from < other && imports.get(other)?.has(from)).map((other) => `${from} ${other}`),
  );
  expect(pairs).toEqual([]);
});
