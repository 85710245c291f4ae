import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const sources = [
  "lib/client-tokens/problems.ts",
  "lib/client-tokens/token.ts",
  "lib/client-tokens/introspect.ts",
  "lib/clients/register.ts",
  "lib/clients/locked.ts",
  "lib/clients/stopped.ts",
  "lib/platform/unavailable.ts",
];

/** How these files name a problem: as the first argument of what refuses, or as `problem`. */
const naming = /(?:\b(?:refuse|refuseBearer|expired|stopped|wrong|unavailable)\(\s*|\bproblem: )"([a-z_-]+)"/g;

test("docs/clients.md lists every problem that a client can be answered with", () => {
  const documented = readFileSync("docs/clients.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) => [...(line.split(" | ")[0] ?? "").matchAll(/`([a-z-]+)`/g)].map(([, name]) => name));
  for (const source of sources) {
    const named = [...readFileSync(source, "utf8").matchAll(naming)].map(([, name]) => name?.replaceAll("_", "-"));
    expect(named, source).not.toEqual([]);
    expect(documented, source).toEqual(expect.arrayContaining(named));
  }
});
