import { join } from "node:path";
import { expect } from "vitest";
import type { Db } from "@/db/client";
import { company } from "@/lib/testing/company";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { startProgramServer } from "@/lib/testing/program-server";
import { tokenOf } from "@/lib/testing/programs";
import { flushUses } from "@/lib/tokens/last-use";
import { newMachine } from "./called-process";

export type Meddle = Parameters<typeof startProgramServer>[1];

/** A server with a company, and a machine that is signed in there as Ada. */
export async function signedIn(work: (world: Awaited<ReturnType<typeof prepare>>) => Promise<void>, meddle?: Meddle) {
  await withFreshDatabase("standalone", async (db) => {
    await work(await prepare(db, meddle));
    await flushUses();
  });
}

async function prepare(db: Db, meddle?: Meddle) {
  const people = await company(db);
  const server = await startProgramServer(db, meddle);
  const token = await tokenOf(db, people.ada);
  const machine = newMachine();
  const profiles = join(machine.home, ".config", "gatehouse", "profiles.json");
  const made = await machine.gatehouse(["login", "--server", server], { input: `${token}\n` });
  expect([made.code, made.err]).toEqual([0, expect.stringContaining(`The token is stored in ${profiles}`)]);
  return { db, server, token, profiles, ...machine, ...people, signedInAs: made.out };
}
