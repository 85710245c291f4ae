import { describe, expect, it } from "vitest";
import { findProblems } from "./versions";

const only = (path: string, version: string) => findProblems({ packages: { [path]: { version } } });

describe("findProblems", () => {
  it.each([
    ["node_modules/next", "16.4.6", 0],
    ["node_modules/next", "16.10.0", 0],
    ["node_modules/next", "16.4.5", 1],
    ["node_modules/next", "16.4.6-canary.1", 1],
    ["node_modules/next-auth/node_modules/nodemailer", "7.0.7", 1],
    ["node_modules/drizzle-orm", "0.9.9", 1],
    ["node_modules/something-else", "0.0.1", 0],
  ])("%s %s has %i problems", (path, version, count) => {
    expect(only(path, version)).toHaveLength(count);
  });
});
