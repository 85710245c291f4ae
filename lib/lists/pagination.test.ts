import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { momentKey } from "@/lib/lists/pagination";
import { testDb } from "@/lib/testing/database";

/** Edited cursors: PostgreSQL refuses each of these, or they are years that nothing here has. */
const forged = [
  "2026-13-01 00:00:00+00",
  "2026-02-30 00:00:00+00",
  "2026-11-19 25:00:00+00",
  "2026-11-19 09:61:00+00",
  "2026-11-19 09:24:00+99",
  "0000-01-01 00:00:00+00",
  "0026-01-01 00:00:00+00",
  "275760-09-13 00:00:00+00",
  "999999-01-01 00:00:00+00",
];

it.each(forged)("a moment of a cursor is one that the database reads: %s is none", (text) => {
  expect(momentKey.safeParse(text).success).toBe(false);
});

it("takes what PostgreSQL writes, to the microsecond", async () => {
  const [row] = await testDb()
    .select({ now: sql<string>`now()::text`, whole: sql<string>`date_trunc('second', now())::text` })
    .from(sql`(select 1) one`);
  expect(momentKey.parse(row?.now)).toBe(row?.now);
  expect(momentKey.parse(row?.whole)).toBe(row?.whole);
});
