import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { resources, roleOperations, roles, userRoles } from "@/db/schema";
import { deleteResource } from "@/lib/resources/commands/delete";
import { registerResource } from "@/lib/resources/commands/register";
import { updateResource } from "@/lib/resources/commands/update";
import { resourceList } from "@/lib/resources/filters";
import { listResources } from "@/lib/resources/list";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { rounds } from "@/lib/testing/thorough";

const assistant = (ownerId: string, more: object = {}) => ({
  ...{ type: "assistant", externalId: "a-42", name: "Onboarding", url: null, ownerId, version: null },
  ...more,
});

const stored = (tx: Tx) => tx.select().from(resources);

async function give(tx: Tx, userId: string, held: [string, "all" | "reports" | "self"][]) {
  const [role] = await tx.insert(roles).values({ name: "Some", nameKey: "some", kind: "additional" }).returning();
  await tx.insert(roleOperations).values(held.map(([operation, scope]) => ({ roleId: role!.id, operation, scope })));
  await tx.insert(userRoles).values({ userId, roleId: role!.id });
}

describe("registering", () => {
  test("makes a resource, and brings the same one up to date; what is done already is reported once", () =>
    rolledBack(async (tx) => {
      const { ada, eve, sam } = await company(tx);
      const ctx = await as(tx, ada);
      const made = await registerResource(ctx, assistant(eve.id));
      expect(made).toMatchObject({ version: 1, created: true });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "resource.register",
        targetId: made.id,
        personId: eve.id,
        values: { "change.owner": [null, `user:${eve.id}`], "fact.resource": "Onboarding" },
      });
      expect(await registerResource(ctx, assistant(eve.id))).toEqual({ ...made, created: false });
      const moved = await registerResource(ctx, assistant(sam.id, { name: "On-boarding" }));
      expect(moved).toEqual({ id: made.id, version: 2, created: false });
      expect((await lastEvent(tx)).values).toMatchObject({ "change.owner": [`user:${eve.id}`, `user:${sam.id}`] });
      expect(await stored(tx)).toMatchObject([{ name: "On-boarding", ownerId: sam.id }]);
    }));

  test("refuses an owner who has left, is out of sight, or is nobody, and a version that is not there", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      const dan = await makeUser(tx, { firstName: "Dan", status: "disabled" });
      await expect(registerResource(ctx, assistant(dan.id))).rejects.toEqual(
        wrongField("ownerId", /Dan Person is disabled and cannot own a resource/),
      );
      const nobody = "00000000-0000-7000-8000-000000000000";
      await expect(registerResource(ctx, assistant(nobody))).rejects.toEqual(
        wrongField("ownerId", /doesn't exist, or/),
      );
      await expect(registerResource(ctx, assistant(eve.id, { version: 1 }))).rejects.toEqual(refused("conflict"));
      expect(await stored(tx)).toEqual([]);
    }));

  test("of an owner who has left since, it may be renamed, and stays theirs", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const dan = await makeUser(tx, { firstName: "Dan", status: "archived" });
      await tx.insert(resources).values({ ...assistant(dan.id), version: 1, nameKey: "onboarding" });
      await registerResource(await as(tx, ada), assistant(dan.id, { name: "Renamed" }));
      expect(await stored(tx)).toMatchObject([{ name: "Renamed", ownerId: dan.id }]);
    }));

  test("an actor who may register for those below registers for nobody else, and sees no other (R11)", () =>
    rolledBack(async (tx) => {
      const { ada, lee, eve, sam } = await company(tx);
      await give(tx, lee.id, [
        ["resource.read", "reports"],
        ["resource.register", "reports"],
      ]);
      const ctx = await as(tx, lee);
      await registerResource(ctx, assistant(eve.id));
      await expect(registerResource(ctx, assistant(sam.id, { externalId: "other" }))).rejects.toEqual(
        refused("forbidden"),
      );
      await registerResource(await as(tx, ada), assistant(sam.id, { externalId: "theirs" }));
      await expect(registerResource(ctx, assistant(eve.id, { externalId: "theirs" }))).rejects.toEqual(
        wrongField("externalId", /already registered for somebody outside your view/),
      );
      expect((await listResources(ctx, resourceList.usual)).rows).toMatchObject([{ externalId: "a-42" }]);
    }));
});

test("a changed owner is notified, and a resource that somebody changed meanwhile is not overwritten", () =>
  rolledBack(async (tx) => {
    const { ada, eve, sam } = await company(tx);
    const ctx = await as(tx, ada);
    const { id } = await registerResource(ctx, assistant(eve.id));
    const form = { id, version: 1, name: "Onboarding", url: null, ownerId: sam.id };
    expect(await updateResource(ctx, form)).toEqual({ id, version: 2 });
    expect(await lastEvent(tx)).toMatchObject({ operation: "resource.update", personId: eve.id });
    await expect(updateResource(ctx, { ...form, ownerId: eve.id })).rejects.toEqual(
      refused("conflict", /You saved Onboarding in another window in the meantime/),
    );
    await expect(deleteResource(ctx, { id, version: 1 })).rejects.toEqual(refused("conflict"));
  }));

test("an actor who may not see its owner learns only that it does not exist (R11)", () =>
  rolledBack(async (tx) => {
    const { ada, lee, sam } = await company(tx);
    const { id } = await registerResource(await as(tx, ada), assistant(sam.id));
    await give(tx, lee.id, [
      ["resource.read", "reports"],
      ["resource.register", "reports"],
      ["resource.delete", "reports"],
    ]);
    const ctx = await as(tx, lee);
    const form = { id, version: 1, name: "Mine", url: null, ownerId: lee.id };
    await expect(updateResource(ctx, form)).rejects.toEqual(refused("not_found"));
    await expect(deleteResource(ctx, { id, version: 1 })).rejects.toEqual(refused("not_found"));
  }));

test("deleting forgets it, and the log keeps what it was", () =>
  rolledBack(async (tx) => {
    const { ada, eve } = await company(tx);
    const ctx = await as(tx, ada);
    const { id } = await registerResource(ctx, assistant(eve.id));
    expect(await deleteResource(ctx, { id, version: 1 })).toEqual({ id });
    expect(await stored(tx)).toEqual([]);
    expect((await lastEvent(tx)).values).toMatchObject({ "fact.resource": "Onboarding" });
  }));

test("an address is https, or none", () => {
  const wanted = (url: string | null) => updateResource.input.shape.url.safeParse(url).success;
  expect(["https://hub.example/a/42", null].every(wanted)).toBe(true);
  expect(["http://hub.example", "javascript:alert(1)", "hub", ""].some(wanted)).toBe(false);
});

const [here, there] = twoProcesses("register_races");
const often = rounds(10, 200);

test(`the same resource registered by two at once is one, ${often} rounds`, async () => {
  await loadPreset(here);
  const admin = await makeUser(here, { primaryRole: "Quality Manager", roles: ["Admin"] });
  const owners = [await makeUser(here), await makeUser(here)];
  for (let round = 0; round < often; round++) {
    const externalId = `race-${round}`;
    const answers = await Promise.all(
      [here, there].map(async (db, index) =>
        registerResource(await as(db, admin), assistant(owners[index]!.id, { externalId })),
      ),
    );
    expect(answers.map(({ created }) => created).toSorted()).toEqual([false, true]);
    expect(await here.$count(resources, eq(resources.externalId, externalId))).toBe(1);
  }
}, 120_000);
