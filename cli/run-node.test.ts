import { afterEach, expect, test, vi } from "vitest";
import { runNode } from "./run-node";

afterEach(() => vi.restoreAllMocks());

const program = (code: number) => ["-e", `console.log("built"); console.error("warned"); process.exit(${code})`];

test("what a program says is shown where it fails, and otherwise not", async () => {
  const told: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    told.push(String(text));
    return true;
  });
  const options = { env: process.env, verbose: false };
  expect(await runNode(program(0), options)).toBe(0);
  expect(told).toEqual([]);
  expect(await runNode(program(3), options)).toBe(3);
  expect(told.join("")).toContain("built");
  expect(told.join("")).toContain("warned");
});
