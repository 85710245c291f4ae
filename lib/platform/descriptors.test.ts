import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { limitsOf } from "@/lib/connections/install";
import { descriptorLimit, descriptorsRunShort } from "@/lib/platform/descriptors";

const run = promisify(execFile);

const countsTwenty = `
  import { open } from "node:fs/promises";
  import { openDescriptors } from "./descriptors";
  const before = await openDescriptors();
  const files = await Promise.all(Array.from({ length: 20 }, () => open("package.json")));
  const during = await openDescriptors();
  for (const file of files) await file.close();
  const after = await openDescriptors();
  process.stdout.write(JSON.stringify([during - before, after - before]));
`;

// In a process of its own, without a loader: whatever else runs here opens and closes files meanwhile.
test("open files are counted, and given back", async () => {
  const program = await build({
    stdin: { contents: countsTwenty, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  const source = program.outputFiles[0]?.text ?? "";
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", source]);
  expect(JSON.parse(stdout)).toEqual([20, 0]);
});

test("descriptors run short above nine tenths of the limit", async () => {
  const limit = descriptorLimit();
  expect(limit === null || limit > 100).toBe(true);
  for (const [open, short] of [
    [10, false],
    [900, false],
    [901, true],
    [1000, true],
  ] as const)
    expect([open, await descriptorsRunShort(1000, async () => open)]).toEqual([open, short]);
  expect(await descriptorsRunShort(null, async () => 1e6)).toBe(false);
});

test("connections never take the last fifth of the descriptors", () => {
  const numbers = { GATEHOUSE_MAX_CONNECTIONS: 2_000, GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS: 200 };
  expect(limitsOf(numbers, null)).toMatchObject({ inAll: 2_000, perAddress: 200 });
  expect(limitsOf(numbers, 20_000).inAll).toBe(2_000);
  expect(limitsOf(numbers, 1_024).inAll).toBe(819);
});
