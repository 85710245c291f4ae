import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createDb } from "@/db/client";
import { testUrl } from "@/lib/testing/database";

test("a failed statement is printed by its code and place, without what was asked or stored", async () => {
  const db = createDb(testUrl(), { max: 1 });
  try {
    const secret = "a hash that nobody reads";
    const failure = await db.execute(sql`select ${secret}::text::int`).catch((error: unknown) => error);
    const printed = inspect(new Error("in a page", { cause: failure }), { depth: 5 });
    expect(printed).not.toContain(secret);
    expect(printed).not.toContain("::text");
    expect(printed).toContain("22P02");
    expect(printed).toContain("quiet-errors.test.ts");
  } finally {
    await db.$client.end();
  }
});
