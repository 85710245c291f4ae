import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { applicationRole, grantApplicationRole } from "@/db/application-role";
import { withFreshDatabase } from "@/lib/testing/fresh-database";

test("a dump without privileges names no role of its own, so a server that has never seen it takes it", () =>
  withFreshDatabase("dumped", async (db, url) => {
    expect(await grantApplicationRole(url)).toBe(applicationRole);
    const depending = await db.execute<{ kind: string; what: string }>(sql`
      select deptype as kind, classid::regclass::text as what from pg_shdepend
      where refobjid = ${applicationRole}::regrole and dbid = (select oid from pg_database where datname = current_database())`);
    expect(depending.length).toBeGreaterThan(0);
    const privilege = "a";
    expect(depending.filter(({ kind }) => kind !== privilege)).toEqual([]);
  }));
