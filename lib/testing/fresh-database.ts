import { afterAll, beforeAll, inject } from "vitest";
import { createDb, type Db } from "@/db/client";
import { addressOf, createTestDatabase, type TestDatabase } from "@/lib/testing/databases";

/** A migrated database of its own, for what cannot be tried beside others; dropped afterwards. */
export async function withFreshDatabase(name: string, work: (db: Db, url: string) => Promise<void>): Promise<void> {
  const database = await createTestDatabase(inject("serverUrl"), nameOf(name), inject("template"));
  const db = createDb(database.url, { max: 8 });
  try {
    await work(db, database.url);
  } finally {
    await db.$client.end();
    await database.drop();
  }
}

/** The same for every test beside it: two processes on one database, as PostgreSQL sees them. */
export function twoProcesses(name: string): [here: Db, there: Db] {
  const url = addressOf(inject("serverUrl"), nameOf(name));
  const [here, there] = [createDb(url, { max: 8 }), createDb(url, { max: 8 })];
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase(inject("serverUrl"), nameOf(name), inject("template"));
  });
  afterAll(async () => {
    for (const db of [here, there]) await db.$client.end();
    await database?.drop();
  });
  return [here, there];
}

const nameOf = (name: string) => `gatehouse_${name}_${process.pid}`;
