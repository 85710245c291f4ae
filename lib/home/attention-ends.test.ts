import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { groupMembers, groupRoles, groups, userRoles } from "@/db/schema";
import { plain } from "@/lib/audit/fields";
import { needsAttention } from "@/lib/home/attention";
import { company } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { storedBefore } from "@/lib/testing/stored-before";

test("stored ends in odd years are listed here with a way to mend them, within sight (R11)", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve, sam } = await company(tx);
    const auditor = await roleNamed(tx, "Auditor");
    const [group] = await tx.insert(groups).values({ name: "Nights", nameKey: "nights" }).returning();
    if (!group) throw new Error("The group was not stored");
    const dan = await makeUser(tx, { firstName: "Dan", status: "disabled" });
    await tx.insert(groupMembers).values({ groupId: group.id, userId: sam.id });
    await tx.insert(groupRoles).values({ groupId: group.id, roleId: auditor.id });
    await tx.insert(userRoles).values({ userId: eve.id, roleId: auditor.id });
    await storedBefore(tx, sql`update users set access_ends_at = '0026-11-19 09:24+00' where id = ${eve.id}`);
    await storedBefore(tx, sql`update users set disabled_until = '0099-11-19 09:24+00' where id = ${dan.id}`);
    await storedBefore(tx, sql`update user_roles set ends_at = '2200-01-01 00:00+00' where user_id = ${eve.id}`);
    await storedBefore(tx, sql`update group_members set ends_at = '9999-01-01 00:00+00' where user_id = ${sam.id}`);
    await storedBefore(tx, sql`update group_roles set ends_at = '1999-12-31 23:59+00'`);

    const lines = async (person: { id: string }) =>
      ((await needsAttention(await as(tx, person))) ?? [])
        .filter(({ key }) => key.startsWith("odd-end"))
        .map(({ title, hint, action }) => [plain(title), plain(hint).slice(0, 27), "href" in action && action.href]);
    const ofEve = [
      ["The access of Eve Engineer ends in an unusual year", "It is 0026-11-19 09:24 UTC,", `/admin/users/${eve.id}`],
      [
        "Eve Engineer holds “Auditor” until an unusual year",
        "It is 2200-01-01 00:00 UTC,",
        `/admin/users/${eve.id}/access`,
      ],
    ];
    expect(await lines(ada)).toEqual([
      ["Dan Person is disabled until an unusual year", "It is 0099-11-19 09:24 UTC,", `/admin/users/${dan.id}`],
      ...ofEve,
      ["Sam Person is in Nights until an unusual year", "It is 9999-01-01 00:00 UTC,", `/admin/users/${sam.id}/access`],
      [
        "Nights carries “Auditor” until an unusual year",
        "It is 1999-12-31 23:59 UTC,",
        `/admin/groups/${group.id}/roles`,
      ],
    ]);
    expect(await lines(lee)).toEqual(ofEve);
  }));
