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

/** Pairs that import each other today. One that is mended goes from this list; none comes to it. */
const known = `
  account auth, account factors, audit kernel, audit users, auth http, auth factors, auth identity-providers, auth kernel,
  auth passwords, auth users, authz identity-providers, authz kernel, authz roles, authz users, clients users, factors links,
  factors passwords, factors users, groups users, identity-providers links, identity-providers passwords,
  identity-providers users, links users, mail users, passwords users, sessions users, settings users`
  .split(",")
  .map((pair) => pair.trim());

test("no two folders import each other, but those that are known", () => {
  const imports = importsByFolder();
  expect(imports.size).toBeGreaterThan(20);
  const pairs = [...imports].flatMap(([from, to]) =>
    [...to].filter((other) => from < other && imports.get(other)?.has(from)).map((other) => `${from} ${other}`),
  );
  expect(pairs.sort()).toEqual(known.sort());
});
