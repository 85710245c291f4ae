import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { events, resources, roleOperations, roles, userRoles } from "@/db/schema";
import { changeOwners, previewOwners } from "@/lib/resources/change-owners";
import { registerResource } from "@/lib/resources/commands/register";
import { company } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";

/** Three resources of Eve's and one of Sam's. */
async function stage(tx: Tx) {
  const people = await company(tx);
  const ctx = await as(tx, people.ada);
  const register = (name: string, ownerId: string) =>
    registerResource(ctx, { type: "assistant", externalId: name, name, url: null, ownerId, version: null });
  const made = [];
  for (const name of ["one", "two", "three"]) made.push(await register(name, people.eve.id));
  made.push(await register("four", people.sam.id));
  const owners = async () =>
    Object.fromEntries((await tx.select().from(resources)).map(({ name, ownerId }) => [name, ownerId]));
  const chosen = made.map(({ id, version }) => ({ id, version }));
  const told = () => tx.select().from(events).where(eq(events.operation, "resource.update"));
  return { ...people, ctx, chosen, owners, told };
}

test("several get one owner at once, each with the event of its own change; who owns one already is reported once", () =>
  rolledBack(async (tx) => {
    const { ctx, chosen, quinn, owners, told } = await stage(tx);
    const wanted = { resources: chosen, ownerId: quinn.id };
    expect((await previewOwners(ctx, wanted)).map(({ refusal }) => refusal)).toEqual([null, null, null, null]);
    expect(await told()).toEqual([]);
    const settled = await changeOwners(ctx, wanted);
    expect(settled).toEqual(chosen.map(({ id }) => ({ id, refusal: null })));
    expect(await owners()).toEqual({ one: quinn.id, two: quinn.id, three: quinn.id, four: quinn.id });
    expect((await told()).map(({ outcome, targetId }) => [outcome, targetId]).toSorted()).toEqual(
      chosen.map(({ id }) => ["succeeded", id]).toSorted(),
    );
    expect((await tx.select().from(resources)).map(({ version }) => version)).toEqual([2, 2, 2, 2]);
    await changeOwners(ctx, wanted);
    expect(await told()).toHaveLength(4);
  }));

test("one that somebody changed in the meantime keeps its owner, and the rest get theirs", () =>
  rolledBack(async (tx) => {
    const { ctx, chosen, eve, quinn, owners } = await stage(tx);
    const [first, ...rest] = chosen as [(typeof chosen)[0], ...typeof chosen];
    const wanted = { resources: [{ ...first, version: 0 }, ...rest], ownerId: quinn.id };
    const [foreseen] = await previewOwners(ctx, wanted);
    const [settled, ...others] = await changeOwners(ctx, wanted);
    expect(settled).toEqual(foreseen);
    expect(settled?.refusal).toMatch(/changed/);
    expect(others.map(({ refusal }) => refusal)).toEqual([null, null, null]);
    expect(await owners()).toEqual({ one: eve.id, two: quinn.id, three: quinn.id, four: quinn.id });
  }));

test("R11: what is out of reach is not there, and nobody out of sight or who has left becomes an owner", () =>
  rolledBack(async (tx) => {
    const { chosen, lee, sam, owners, told } = await stage(tx);
    const [role] = await tx.insert(roles).values({ name: "Some", nameKey: "some", kind: "additional" }).returning();
    const roleId = role?.id ?? "";
    for (const operation of ["resource.read", "resource.update"])
      await tx.insert(roleOperations).values({ roleId, operation, scope: "reports" });
    await tx.insert(userRoles).values({ userId: lee.id, roleId });
    const asLee = await as(tx, lee);
    const before = await owners();
    const dan = await makeUser(tx, { firstName: "Dan", status: "disabled" });
    for (const ownerId of [sam.id, dan.id]) {
      const settled = await changeOwners(asLee, { resources: chosen, ownerId });
      expect(settled.every(({ refusal }) => refusal !== null)).toBe(true);
    }
    expect(await owners()).toEqual(before);
    expect((await told()).map(({ outcome }) => outcome)).toEqual(Array.from({ length: 8 }, () => "refused"));
    const settled = await changeOwners(asLee, { resources: chosen, ownerId: lee.id });
    expect(settled.map(({ refusal }) => refusal)).toEqual([null, null, null, expect.stringMatching(/doesn't exist/)]);
    expect(await owners()).toEqual({ one: lee.id, two: lee.id, three: lee.id, four: sam.id });
  }));
