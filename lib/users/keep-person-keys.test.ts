import { asc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groupMembers, groups, userRoles, users } from "@/db/schema";
import { company } from "@/lib/testing/company";
import { makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { checkPersonKeys } from "@/lib/users/keep-person-keys";

/** The person of each copy that is wrong, by the rows themselves. */
async function wrong(tx: Tx): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select u.id from users u join (select user_id, person_name_key, person_last_sign_in, person_role_id, person_present from group_members
        union all select user_id, person_name_key, person_last_sign_in, person_role_id, person_present from user_roles) c on c.user_id = u.id
     where c.person_name_key <> u.name_key or c.person_last_sign_in <> coalesce(u.last_sign_in_at, '-infinity')
        or c.person_role_id is distinct from u.primary_role_id or c.person_present <> (u.status <> 'archived')`);
  return rows.map(({ id }) => id);
}

const waiting = (tx: Tx) =>
  tx.execute<{ after: string | null }>(
    sql`select payload->>'after' as after from graphile_worker._private_jobs where key = 'person_keys.check'`,
  );

test("copies that were written past the triggers are found and made right, so many people at a time", () =>
  rolledBack(async (tx) => {
    await company(tx);
    const role = await roleNamed(tx, "Auditor");
    const [group] = await tx.insert(groups).values({ name: "Copies", nameKey: "copies" }).returning();
    for (let n = 0; n < 5; n += 1) {
      const { id } = await makeUser(tx);
      await tx.insert(groupMembers).values({ groupId: group!.id, userId: id });
      await tx.insert(userRoles).values({ userId: id, roleId: role.id });
    }
    const people = (await tx.select({ id: users.id }).from(users).orderBy(asc(users.id))).map(({ id }) => id);
    expect(await checkPersonKeys(tx, null, people.length)).toBe(0);
    const [first, last] = [people.at(-4)!, people.at(-1)!];
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.update(users).set({ nameKey: "renamed", lastSignInAt: new Date() }).where(eq(users.id, first));
    await tx.update(users).set({ status: "archived", statusBeforeArchive: "active" }).where(eq(users.id, last));
    await tx.execute(sql`set local session_replication_role = origin`);
    expect(new Set(await wrong(tx))).toEqual(new Set([first, last]));

    expect(await checkPersonKeys(tx, null, people.length - 1)).toBe(2);
    expect(await wrong(tx)).toEqual([last, last]);
    expect(await waiting(tx)).toEqual([{ after: people.at(-2) }]);
    expect(await checkPersonKeys(tx, people.at(-2)!, people.length)).toBe(2);
    expect(await wrong(tx)).toEqual([]);
    expect(await checkPersonKeys(tx, last, people.length)).toBe(0);
    expect(await waiting(tx)).toEqual([{ after: last }]);
  }));
