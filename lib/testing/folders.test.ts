import { expect, test } from "vitest";
import { isTest, projectFiles, textOf } from "@/lib/testing/sources";

/** `operations.ts` and `schema.ts` of a noun are data that every folder may read, in either direction. */
const isData = (path: string) => /\/(operations|schema)$/.test(path);

/** What the operations of every noun are written with: their form, without a rule. */
const isForm = (path: string) => path === "kernel/operation";

/** From which folders of `lib/` each folder imports values. Types are gone before anything runs; they count where `types` says so. */
function importsByFolder({ types = false } = {}): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const path of projectFiles) {
    const [, from] = /^lib\/([^/]+)\/.+\.tsx?$/.exec(path) ?? [];
    if (!from || from === "testing" || isTest(path) || isData(path.replace(/\.ts$/, ""))) continue;
    for (const [, type, target = ""] of textOf(path).matchAll(
      /^(?:import|export) (type )?[^;"]*from "@\/lib\/([^"]+)";/gm,
    )) {
      const [to = "", ...rest] = target.split("/");
      if (type && (!types || isForm(target))) continue;
      if (rest.length === 0 || to === from || isData(target)) continue;
      found.set(from, (found.get(from) ?? new Set()).add(to));
    }
  }
  return found;
}

test("folders of lib do not import each other in circles", () => {
  const imports = importsByFolder();
  expect(imports.size).toBeGreaterThan(25);
  expect([...imports.values()].flatMap((to) => [...to]).length).toBeGreaterThan(150);
  const left = new Map([...imports].map(([from, to]) => [from, new Set(to)]));
  for (;;) {
    const free = [...left].filter(([, to]) => [...to].every((other) => !left.has(other))).map(([from]) => from);
    if (free.length === 0) break;
    for (const folder of free) left.delete(folder);
  }
  expect([...left].map(([from, to]) => `${from}: ${[...to].filter((other) => left.has(other)).join(", ")}`)).toEqual(
    [],
  );
});

test("no two folders of lib import each other, by types either, but for data", () => {
  const imports = importsByFolder({ types: true });
  const pairs = [...imports].flatMap(([from, to]) =>
    [...to].filter((other) => from < other && imports.get(other)?.has(from)).map((other) => `${from}, ${other}`),
  );
  expect(pairs).toEqual([]);
});

test("an import is written from the root, so that it is seen here", () => {
  const relative = projectFiles.filter(
    (path) => /^lib\/.+\.tsx?$/.test(path) && /^(?:import|export) [^;"]*from "\.\.?\//m.test(textOf(path)),
  );
  expect(relative).toEqual([]);
});

test("each loose file in lib joins the folders, or is read by all of them", () => {
  const known = "context errors list-registry operations registry".split(" ");
  const loose = projectFiles.flatMap((path) => /^lib\/([^/]+)\.tsx?$/.exec(path)?.[1] ?? []);
  expect(loose).toEqual(expect.arrayContaining(["context", "errors", "list-registry", "operations", "registry"]));
  expect(loose.filter((name) => !name.endsWith(".test") && !known.includes(name))).toEqual([]);
});
