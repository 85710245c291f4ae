import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { appOperations, roleOperations, roles, settings, userRoles } from "@/db/schema";
import { plain } from "@/lib/audit/fields";
import { operationsIn } from "@/lib/authz/model";
import { needsAttention } from "@/lib/home/attention";
import { dismissNotice, mailNotice } from "@/lib/settings/commands";
import { company, refused } from "@/lib/testing/company";
import { as, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";

/** After an upgrade: Bob may change settings alone, and Tom is an administrator for a time. */
async function upgraded(tx: Tx) {
  const people = await company(tx);
  const drawn = { name: "Caretaker", nameKey: "caretaker", kind: "additional" as const };
  const [role] = await tx.insert(roles).values(drawn).returning();
  await tx.insert(roleOperations).values({ roleId: role!.id, operation: "setting.update", scope: "all" });
  const bob = await makeUser(tx, { username: "bob", firstName: "Bob", roles: ["Caretaker"] });
  const tom = await makeUser(tx, { username: "tom", firstName: "Tom", primaryRole: "Quality Manager" });
  const admin = await roleNamed(tx, "Admin");
  const endsAt = new Date(Date.now() + 86_400_000);
  await tx.insert(userRoles).values({ userId: tom.id, roleId: admin.id, endsAt });
  await tx.insert(settings).values({ key: mailNotice, value: true });
  const told = async (person: { id: string }) => {
    const items = (await needsAttention(await as(tx, person))) ?? [];
    const found = items.find(({ key }) => key === "lost-mail");
    return found && { title: plain(found.title), hint: plain(found.hint), label: found.action.label };
  };
  return { ...people, role: role!, bob, tom, told };
}

test("people who lost the mail server by the upgrade are named, to those who may see them, until it is dismissed (R15)", () =>
  rolledBack(async (tx) => {
    const { ada, lee, bob, told } = await upgraded(tx);
    const first = await told(ada);
    expect(first).toMatchObject({ title: "2 people can no longer set how mail is sent", label: "Dismiss" });
    expect(first?.hint).toMatch(/^Bob Person, Tom Person\. .*every operation, without an end/);
    const audrey = await makeUser(tx, { username: "audrey", roles: ["Auditor"] });
    expect(await told(audrey)).toMatchObject({ label: "View privilege" });
    expect(await told(lee)).toBeUndefined();
    await expect(dismissNotice(await as(tx, audrey), {})).rejects.toEqual(refused("forbidden"));
    expect(await told(ada)).toBeDefined();
    await dismissNotice(await as(tx, bob), {});
    const value = ["shown", "dismissed"];
    const dismissed = await lastEvent(tx);
    expect(dismissed).toMatchObject({ operation: "setting.update", values: { "change.value": value } });
    await dismissNotice(await as(tx, ada), {});
    expect((await lastEvent(tx)).id).toBe(dismissed.id);
    expect(await told(ada)).toBeUndefined();
  }));

test("and no longer once it concerns nobody, or where nothing was upgraded", () =>
  rolledBack(async (tx) => {
    const { ada, role, bob, tom, told } = await upgraded(tx);
    await tx.delete(userRoles).where(eq(userRoles.userId, tom.id));
    expect(await told(ada)).toMatchObject({ title: "Bob Person can no longer set how mail is sent" });
    const apps = await tx.select({ key: appOperations.key }).from(appOperations);
    const keys = apps.map(({ key }) => key);
    const everything = operationsIn({ admin: true, operations: [] }, keys);
    const rest = everything.filter(({ operation }) => operation !== "setting.update");
    await tx.insert(roleOperations).values(rest.map((held) => ({ roleId: role.id, ...held })));
    expect(await told(ada)).toBeUndefined();
    await tx.delete(roleOperations).where(eq(roleOperations.operation, "user.purge"));
    expect(await told(ada)).toBeDefined();
    await tx.delete(userRoles).where(eq(userRoles.userId, bob.id));
    expect(await told(ada)).toBeUndefined();
  }));
