import { inject } from "vitest";
import { createDb, type Db } from "@/db/client";
import { migrate } from "@/db/migrate";
import { createTestDatabase } from "@/lib/testing/databases";

/** A migrated database of its own, for what cannot be tried beside others; dropped afterwards. */
export async function withFreshDatabase(name: string, work: (db: Db, url: string) => Promise<void>): Promise<void> {
  const database = await createTestDatabase(inject("databaseUrl"), `gatehouse_${name}_${process.pid}`);
  const db = createDb(database.url, { max: 8 });
  try {
    await migrate(database.url);
    await work(db, database.url);
  } finally {
    await db.$client.end();
    await database.drop();
  }
}
