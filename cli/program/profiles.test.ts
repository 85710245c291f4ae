import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { newMachine } from "../called-process";
import { changeProfiles, profilesFile, readProfiles } from "./profiles";

const env = { HOME: mkdtempSync(join(tmpdir(), "gatehouse-profiles-")) };
const profile = (name: string) => ({ server: `https://${name}.example.com`, token: name });

beforeEach(() => rmSync(join(env.HOME, ".config"), { recursive: true, force: true }));
afterAll(() => rmSync(env.HOME, { recursive: true }));

test("of calls that sign in at the same time none loses what another has kept", async () => {
  const names = Array.from({ length: 20 }, (_, at) => `p${at}`);
  await Promise.all(names.map((name) => changeProfiles(env, (profiles) => ({ ...profiles, [name]: profile(name) }))));
  expect(Object.keys(readProfiles(env)).toSorted()).toEqual(names.toSorted());
  expect(readdirSync(join(env.HOME, ".config", "gatehouse"))).toEqual(["profiles.json"]);
});

test("no two processes lose a profile either", { timeout: 60_000 }, async () => {
  const { run, home } = newMachine();
  const script = `import { changeProfiles } from ${JSON.stringify(join(import.meta.dirname, "profiles.ts"))};
    const name = process.argv.at(-1);
    const profile = { server: "https://" + name + ".example.com", token: name };
    for (let at = 0; at < 20; at++) await changeProfiles(process.env, (all) => ({ ...all, [name + at]: profile }));`;
  const file = join(home, "sign-in.mts");
  writeFileSync(file, script);
  const ended = await Promise.all(
    ["a", "b", "c"].map((name) => run(process.execPath, ["--import", import.meta.resolve("tsx"), file, name])),
  );
  expect(ended.map(({ code, err }) => [code, err])).toEqual(Array(3).fill([0, ""]));
  expect(Object.keys(readProfiles({ HOME: home }))).toHaveLength(60);
});

test("a lock that a killed call has left is named after a while, and nothing is changed", {
  timeout: 20_000,
}, async () => {
  await changeProfiles(env, () => ({ a: profile("a") }));
  writeFileSync(`${profilesFile(env)}.lock`, "1\n");
  await expect(changeProfiles(env, () => ({}))).rejects.toThrow(`run: rm ${profilesFile(env)}.lock`);
  expect(readProfiles(env)).toEqual({ a: profile("a") });
});
