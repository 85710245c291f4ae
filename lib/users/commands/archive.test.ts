import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import {
  groupMembers,
  groups,
  resources,
  roleOperations,
  roles,
  serviceAccounts,
  sessions,
  userRoles,
  users,
} from "@/db/schema";
import { generateClient } from "@/lib/clients/commands";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { archivePreview } from "@/lib/users/leaving-preview";

const outside = "somebody outside your view";

/** Gil may remove the members of his group: Pat, who reports to Otto and has Rita below her, and Mia. */
async function scoped(tx: Tx) {
  const { ada } = await company(tx);
  const named = (firstName: string, managerId: string | null = null) =>
    makeUser(tx, { username: firstName.toLowerCase(), firstName, managerId });
  const gil = await named("Gil");
  const otto = await named("Otto");
  const pat = await named("Pat", otto.id);
  const rita = await named("Rita", pat.id);
  const mia = await named("Mia");
  const [role] = await tx.insert(roles).values({ name: "Remover", nameKey: "remover", kind: "additional" }).returning();
  const [group] = await tx.insert(groups).values({ name: "Gil's", nameKey: "gil's", ownerId: gil.id }).returning();
  if (!role || !group) throw new Error("Role or group was not stored");
  const held = ["user.read", "user.archive"].map((operation) => ({ operation, scope: "owned_groups" as const }));
  await tx.insert(roleOperations).values(held.map((one) => ({ roleId: role.id, ...one })));
  await tx.insert(userRoles).values({ userId: gil.id, roleId: role.id });
  await tx.insert(groupMembers).values([pat, mia].map(({ id }) => ({ groupId: group.id, userId: id })));
  return { ada, gil, otto, pat, rita, mia, ctx: await as(tx, gil) };
}

async function ownedBy(tx: Tx, ownerId: string) {
  const [group] = await tx.insert(groups).values({ name: "Nights", nameKey: "nights", ownerId }).returning();
  const [robot] = await tx.insert(serviceAccounts).values({ name: "Robot", nameKey: "robot", ownerId }).returning();
  if (!group || !robot) throw new Error("What is owned was not stored");
  return [group.id, robot.id];
}

const setStatus = (tx: Tx, { id }: { id: string }, status: "active" | "disabled") =>
  tx.update(users).set({ status }).where(eq(users.id, id));

test("nobody out of sight becomes the new owner, or is named by a refusal (R11, U11)", () =>
  rolledBack(async (tx) => {
    const { pat, mia, otto, ctx } = await scoped(tx);
    const owned = await ownedBy(tx, pat.id);
    const handed = ({ id: ownerId }: { id: string }) =>
      archiveUser(ctx, { id: pat.id, owners: owned.map((id) => ({ id, ownerId })), managerId: null });
    const unseen = wrongField("owners", /doesn't exist, or you don't have access to it/);
    await expect(handed(otto)).rejects.toEqual(unseen);
    await setStatus(tx, otto, "disabled");
    await expect(handed(otto)).rejects.toEqual(unseen);
    await expect(handed(pat)).rejects.toEqual(wrongField("owners", /Choose another owner for Nights/));
    await setStatus(tx, mia, "disabled");
    await expect(handed(mia)).rejects.toEqual(wrongField("owners", /Mia Person is disabled and cannot own Nights/));
    await setStatus(tx, mia, "active");
    expect((await handed(mia)).handedOver).toEqual([
      { name: "Nights", owner: "Mia Person" },
      { name: "Robot", owner: "Mia Person" },
    ]);
  }));

const resourceOf = async (tx: Tx, ownerId: string, externalId: string) => {
  const made = { type: "assistant", externalId, name: externalId, nameKey: externalId, ownerId };
  return (await tx.insert(resources).values(made).returning())[0]!;
};

test("a resource goes to whom it is given by itself, else to the person who gets all of its type (U11)", () =>
  rolledBack(async (tx) => {
    const { pat, mia, gil, ctx } = await scoped(tx);
    const [one, two] = [await resourceOf(tx, pat.id, "one"), await resourceOf(tx, pat.id, "two")];
    const removing = { id: pat.id, owners: [{ id: two.id, ownerId: gil.id }], managerId: null };
    const missing = wrongField("owners", /Choose an owner for one/);
    await expect(archiveUser(ctx, removing)).rejects.toEqual(missing);
    await expect(
      archiveUser(ctx, { ...removing, ownersOfTypes: [{ type: "project", ownerId: mia.id }] }),
    ).rejects.toEqual(missing);
    await archiveUser(ctx, { ...removing, ownersOfTypes: [{ type: "assistant", ownerId: mia.id }] });
    const now = await tx.select().from(resources).orderBy(resources.name);
    expect(now.map(({ id, ownerId, version }) => [id, ownerId, version])).toEqual([
      [one.id, mia.id, 2],
      [two.id, gil.id, 2],
    ]);
  }));

test("to give somebody a resource gives them no reach, so it is no grant, as a group is (R14)", () =>
  rolledBack(async (tx) => {
    const { pat, mia, ctx } = await scoped(tx);
    const [keeper] = await tx
      .insert(roles)
      .values({ name: "Keeper", nameKey: "keeper", kind: "additional" })
      .returning();
    const carried = { roleId: keeper!.id, operation: "user.update", scope: "owned_groups" as const };
    await tx.insert(roleOperations).values(carried);
    await tx.insert(userRoles).values({ userId: mia.id, roleId: keeper!.id });
    const [group] = await tx.insert(groups).values({ name: "Nights", nameKey: "nights", ownerId: pat.id }).returning();
    const resource = await resourceOf(tx, pat.id, "one");
    const to = (...ids: string[]) => ids.map((id) => ({ id, ownerId: mia.id }));
    await expect(archiveUser(ctx, { id: pat.id, owners: to(group!.id, resource.id), managerId: null })).rejects.toEqual(
      refused("forbidden"),
    );
    await tx.delete(groups).where(eq(groups.id, group!.id));
    expect((await archiveUser(ctx, { id: pat.id, owners: to(resource.id), managerId: null })).handedOver).toEqual([
      { name: "one", owner: "Mia Person" },
    ]);
  }));

test("direct reports get the removed user's own manager, in sight or not, and nobody out of sight is named (U11, R11)", () =>
  rolledBack(async (tx) => {
    const { pat, otto, rita, ctx } = await scoped(tx);
    const preview = await archivePreview(ctx, pat.id);
    expect(preview).toMatchObject({ reports: { count: 1, names: [] }, manager: { id: otto.id, name: outside } });
    const removed = await archiveUser(ctx, { id: pat.id, owners: [], managerId: otto.id });
    expect(removed).toMatchObject({ reports: 1, manager: outside });
    const [moved] = await tx.select().from(users).where(eq(users.id, rita.id));
    expect(moved?.managerId).toBe(otto.id);
  }));

test("a manager who is not active is not offered to the direct reports, and refused without a name (U8, U11)", () =>
  rolledBack(async (tx) => {
    const { pat, otto, ctx } = await scoped(tx);
    await setStatus(tx, otto, "disabled");
    expect(await archivePreview(ctx, pat.id)).toMatchObject({ manager: null });
    await expect(archiveUser(ctx, { id: pat.id, owners: [], managerId: otto.id })).rejects.toEqual(
      wrongField("managerId", /^The current manager is disabled/),
    );
  }));

test("what would end is shown to people who may remove the user, and only what is live of it (R11)", () =>
  rolledBack(async (tx) => {
    const { ada, gil, pat, ctx } = await scoped(tx);
    const now = Date.now();
    const session = { userId: pat.id, address: "10.0.0.1", endsAt: new Date(now + 1e7) };
    await tx.insert(sessions).values([
      { ...session, agent: "open" },
      { ...session, agent: "run out", endsAt: new Date(now - 1000) },
      { ...session, agent: "idle", lastSeenAt: new Date(now - 40 * 24 * 3_600_000) },
      { ...session, agent: "ended", endedAt: new Date(now - 1000) },
    ]);
    await generateClient(await as(tx, ada), { userId: pat.id, name: "pat-desk" });
    const preview = await archivePreview(ctx, pat.id);
    expect(preview.sessions).toEqual([{ agent: "open" }]);
    expect(preview.clients).toEqual([{ name: "pat-desk" }]);

    await tx.delete(roleOperations).where(eq(roleOperations.operation, "user.archive"));
    await expect(archivePreview(await as(tx, gil), pat.id)).rejects.toEqual(
      refused("forbidden", /^None of your roles lets you remove a user/),
    );
  }));
