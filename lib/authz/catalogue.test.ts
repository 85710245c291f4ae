import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { decideByScope, noRelation } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import { company } from "@/lib/testing/company";
import { roleNamed, rolledBack } from "@/lib/testing/database";

const may = async (tx: Tx, personId: string) =>
  decideByScope(await loadAccess(tx, personId, new Date()), "user.purge", noRelation).allowed;

test("what a role carries is never believed longer than it is so, also where it was changed past us (R10)", () =>
  rolledBack(async (tx) => {
    const { lee } = await company(tx);
    const { id } = await roleNamed(tx, "Quality Lead");
    expect(await may(tx, lee.id)).toBe(false);
    await tx
      .transaction(async (inner) => {
        await inner.execute(sql`insert into role_operations values (${id}, 'user.purge', 'all')`);
        expect(await may(inner, lee.id)).toBe(true);
        inner.rollback();
      })
      .catch(() => undefined);
    expect(await may(tx, lee.id)).toBe(false);
    await tx.execute(sql`insert into role_operations values (${id}, 'user.purge', 'all')`);
    expect(await may(tx, lee.id)).toBe(true);
    await tx.execute(sql`update role_operations set operation = 'user.read' where operation = 'user.purge'`);
    expect(await may(tx, lee.id)).toBe(false);
  }));

test.each([
  ["roles", sql`update roles set rank = rank`],
  ["role_operations", sql`delete from role_operations where operation = 'user.read'`],
  ["role_combinations", sql`delete from role_combinations`],
  ["app_operations", sql`insert into app_operations (key, sentence) values ('made.here', 'Made here')`],
])("a change of %s renews the version of the catalogue", (_, change) =>
  rolledBack(async (tx) => {
    await company(tx);
    const version = async () =>
      (await tx.execute<{ version: string }>(sql`select version from role_catalogue`))[0]?.version;
    const before = await version();
    await tx.execute(change);
    expect(await version()).not.toBe(before);
  }),
);
