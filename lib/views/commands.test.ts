import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import { roleOperations, roles, savedViews, userRoles, users } from "@/db/schema";
import { describeEvent } from "@/lib/audit/describe";
import { noAuditFilters } from "@/lib/audit-log/filters";
import { listEvents } from "@/lib/audit-log/queries";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, lastEvent, rolledBack } from "@/lib/testing/database";
import { purgeUser } from "@/lib/users/commands/purge";
import { userList } from "@/lib/users/filters";
import { createView, deleteView, mostViews, updateView } from "@/lib/views/commands";
import { openViews } from "@/lib/views/open";

const view = (more: object = {}) => ({
  ...{ list: "users", name: "Disabled", query: "status=disabled&sort=-createdAt", shared: false },
  ...more,
});
const stored = (tx: Tx) => tx.select().from(savedViews).orderBy(savedViews.nameKey);
const namesFor = async (tx: Tx, person: { id: string }, list = userList) =>
  (await openViews(await as(tx, person), list, {}).views).all.map(({ name }) => name);

async function give(tx: Tx, userId: string, held: [operation: string, scope: Scope][]) {
  const [role] = await tx.insert(roles).values({ name: "Some", nameKey: "some", kind: "additional" }).returning();
  await tx.insert(roleOperations).values(held.map(([operation, scope]) => ({ roleId: role!.id, operation, scope })));
  await tx.insert(userRoles).values({ userId, roleId: role!.id });
}

describe("B5: one's own views", () => {
  test("are kept in one spelling, logged, and nobody else's to see or change", () =>
    rolledBack(async (tx) => {
      const { ada, eve, sam } = await company(tx);
      const ctx = await as(tx, eve);
      const query = "?status=disabled&after=x&colour=red&status=active&view=archived&role=nonsense";
      const { id } = await createView(ctx, view({ query }));
      expect(await stored(tx)).toMatchObject([{ ownerId: eve.id, list: "users", query: "view=archived" }]);
      expect(await lastEvent(tx)).toMatchObject({
        operation: "view.save",
        targetId: id,
        personId: eve.id,
        values: { "fact.view": "Disabled", "fact.list": "Users", "change.filters": [null, ["View: Archived"]] },
      });
      await updateView(ctx, { id, name: "Gone", query: "sort=email&status=locked&status=active" });
      expect(await stored(tx)).toMatchObject([{ name: "Gone", query: "sort=email&status=active&status=locked" }]);
      expect((await lastEvent(tx)).values).toMatchObject({ "change.name": ["Disabled", "Gone"] });

      expect(await namesFor(tx, eve)).toEqual(["Gone"]);
      for (const other of [ada, sam]) {
        expect(await namesFor(tx, other)).toEqual([]);
        const theirs = await as(tx, other);
        await expect(updateView(theirs, { id, name: "Mine" })).rejects.toEqual(refused("not_found"));
        await expect(deleteView(theirs, { id })).rejects.toEqual(refused("not_found"));
      }
      await deleteView(ctx, { id });
      expect(await stored(tx)).toEqual([]);
      expect(await lastEvent(tx)).toMatchObject({ operation: "view.delete", targetId: id });
      await expect(deleteView(ctx, { id })).rejects.toEqual(refused("not_found"));
    }));

  test("have a name that is unique for each list, whatever its case, and are as it was when nothing changes", () =>
    rolledBack(async (tx) => {
      const { eve, sam } = await company(tx);
      const ctx = await as(tx, eve);
      const { id } = await createView(ctx, view());
      await expect(createView(ctx, view({ name: "DISABLED" }))).rejects.toEqual(wrongField("name", /already/));
      await createView(ctx, view({ list: "groups", query: "" }));
      await createView(await as(tx, sam), view());
      const other = await createView(ctx, view({ name: "Other" }));
      await expect(updateView(ctx, { id: other.id, name: "disabled" })).rejects.toEqual(wrongField("name", /already/));
      const before = (await lastEvent(tx)).id;
      await updateView(ctx, { id, name: "Disabled", shared: false });
      expect((await lastEvent(tx)).id).toBe(before);
    }));

  test(`are ${mostViews} at most, of all lists`, () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const many = Array.from({ length: mostViews }, (_, at) => ({
        ...{ list: at % 2 ? "users" : "groups", ownerId: eve.id, name: `View ${at}`, nameKey: `view ${at}`, query: "" },
      }));
      await tx.insert(savedViews).values(many);
      await expect(createView(await as(tx, eve), view())).rejects.toEqual(refused("precondition", /Delete one first/));
    }));

  test("are deleted with a purged person, and shared ones stay (U14)", () =>
    rolledBack(async (tx) => {
      const { ada, lee } = await company(tx);
      await give(tx, lee.id, [["view.save", "all"]]);
      await createView(await as(tx, lee), view());
      await createView(await as(tx, lee), view({ name: "Team", shared: true }));
      await tx.update(users).set({ status: "archived", statusBeforeArchive: "active" }).where(eq(users.id, lee.id));
      expect(await tx.$count(savedViews)).toBe(2);
      await purgeUser(await as(tx, ada), { id: lee.id, username: "lee" });
      expect(await stored(tx)).toMatchObject([{ name: "Team", ownerId: null }]);
      await updateView(await as(tx, ada), { id: (await stored(tx))[0]!.id, name: "Crew" });
    }));

  test.each([
    [view({ list: "roles" }), "invalid"],
    [view({ list: "constructor" }), "invalid"],
  ])("of no other list: %o", (input, code) =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      await expect(createView(await as(tx, eve), input)).rejects.toMatchObject({ code });
    }),
  );
});

describe("B5: shared views", () => {
  test("are made, changed and deleted by people who may save views for everyone, and by nobody else", () =>
    rolledBack(async (tx) => {
      const { ada, lee, eve } = await company(tx);
      const plain = await as(tx, eve);
      await expect(createView(plain, view({ shared: true }))).rejects.toEqual(refused("forbidden"));
      const { id } = await createView(await as(tx, ada), view({ shared: true }));
      expect(await lastEvent(tx)).toMatchObject({ personId: null, values: { "fact.shared": true } });
      expect(await namesFor(tx, eve)).toEqual(["Disabled"]);
      for (const change of [{ name: "Mine" }, { query: "" }, { shared: false }])
        await expect(updateView(plain, { id, ...change })).rejects.toEqual(refused("forbidden"));
      await expect(deleteView(plain, { id })).rejects.toEqual(refused("forbidden"));

      await give(tx, lee.id, [["view.save", "all"]]);
      const sharer = await as(tx, lee);
      await updateView(sharer, { id, name: "Renamed" });
      await expect(createView(sharer, view({ name: "renamed", shared: true }))).rejects.toEqual(
        wrongField("name", /A shared view of this list/),
      );
      await expect(deleteView(sharer, { id })).rejects.toEqual(refused("forbidden"));
      await deleteView(await as(tx, ada), { id });
      expect(await stored(tx)).toEqual([]);
    }));

  test("one's own becomes a shared one and back, by a person who may share", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const own = await createView(await as(tx, eve), view());
      await expect(updateView(await as(tx, eve), { id: own.id, shared: true })).rejects.toEqual(refused("forbidden"));
      const ctx = await as(tx, ada);
      const { id } = await createView(ctx, view());
      await updateView(ctx, { id, shared: true });
      expect((await lastEvent(tx)).values).toMatchObject({ "change.for": ["only its owner", "everybody"] });
      expect(await namesFor(tx, eve)).toEqual(["Disabled", "Disabled"]);
      await updateView(ctx, { id, shared: false });
      expect(await namesFor(tx, eve)).toEqual(["Disabled"]);
      expect(await namesFor(tx, ada)).toEqual(["Disabled"]);
    }));

  test(`are ${mostViews} at most of one list`, () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const many = Array.from({ length: mostViews }, (_, at) => ({
        ...{ list: "users", ownerId: null, name: `View ${at}`, nameKey: `view ${at}`, query: "" },
      }));
      await tx.insert(savedViews).values(many);
      const ctx = await as(tx, ada);
      await expect(createView(ctx, view({ shared: true }))).rejects.toEqual(refused("precondition"));
      const { id } = await createView(ctx, view());
      await expect(updateView(ctx, { id, shared: true })).rejects.toEqual(refused("precondition"));
      await createView(ctx, view({ list: "groups", query: "", shared: true }));
    }));

  test("are logged as what everybody has", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      await createView(ctx, view({ shared: true }));
      const { rows } = await listEvents(ctx, { filters: noAuditFilters, zone: "UTC" });
      const said = describeEvent(rows[0]!).sentence.map((part) => ("text" in part ? part.text : part.at));
      expect(said.join("")).toBe("Ada Admin saved view Disabled of the list Users, which everybody has");
    }));

  test("name what they keep, and people only to readers who may see them", () =>
    rolledBack(async (tx) => {
      const { ada, lee, sam } = await company(tx);
      const ctx = await as(tx, ada);
      const [role] = await tx.select().from(roles).where(eq(roles.name, "Quality Lead"));
      const query = `q=kowal&view=active&sort=-lastSignInAt&role=${role?.id}&manager=${lee.id}&status=locked&dormant=30`;
      await createView(ctx, view({ query, shared: true }));
      const kept = ["Search: kowal", "Sort: Last sign-in (descending)", "Status: locked", "Role: Quality Lead"];
      expect((await lastEvent(tx)).values).toMatchObject({
        "change.filters": [null, expect.arrayContaining([...kept, `Manager: user:${lee.id}`])],
      });
      const said = async (reader: { id: string }) => {
        const { rows } = await listEvents(await as(tx, reader), { filters: noAuditFilters, zone: "UTC" });
        return rows[0]!.values["change.filters"];
      };
      expect(await said(ada)).toEqual([null, expect.arrayContaining([...kept, "Manager: Lee Lead"])]);
      await give(tx, sam.id, [["audit.read", "all"]]);
      const hidden = "Manager: somebody outside your view";
      expect(await said(sam)).toEqual([null, expect.arrayContaining([...kept, hidden])]);
    }));
});
