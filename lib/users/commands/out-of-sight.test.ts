import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import type { Scope } from "@/db/enums";
import { groupMembers, groupRoles, groups, roleOperations, roles, userRoles } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { createGroup } from "@/lib/groups/commands/create";
import { updateGroup } from "@/lib/groups/commands/update";
import { previewChange } from "@/lib/previews/preview";
import { company, wrongField } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";

type Held = { operation: string; scope: Scope };

async function additional(tx: Tx, name: string, held: Held[]) {
  const [role] = await tx.insert(roles).values({ name, nameKey: name.toLowerCase(), kind: "additional" }).returning();
  await tx.insert(roleOperations).values(held.map((one) => ({ roleId: role!.id, ...one })));
  return role!;
}

async function groupOf(tx: Tx, name: string, { owner, carries }: { owner?: string; carries?: string } = {}) {
  const [group] = await tx
    .insert(groups)
    .values({ name, nameKey: name.toLowerCase(), ownerId: owner ?? null })
    .returning();
  if (carries) await tx.insert(groupRoles).values({ groupId: group!.id, roleId: carries });
  return group!;
}

/** Quinn creates, edits and removes those below her and keeps her own groups; Sam, who leads others, is out of her sight. */
async function stage(tx: Tx) {
  const people = await company(tx);
  const { quinn, eve, sam } = people;
  const helper = await additional(tx, "Helper", [
    { operation: "user.create", scope: "all" },
    { operation: "user.archive", scope: "reports" },
    ...["group.read", "group.update"].map((operation) => ({ operation, scope: "owned_groups" as const })),
    { operation: "group.create", scope: "all" },
  ]);
  const leader = await additional(tx, "Leader", [
    { operation: "user.disable", scope: "reports" },
    { operation: "user.disable", scope: "owned_groups" },
  ]);
  await tx.insert(userRoles).values([
    { userId: quinn.id, roleId: helper.id },
    { userId: sam.id, roleId: leader.id },
  ]);
  const hidden = await groupOf(tx, "Hidden");
  const powerful = await groupOf(tx, "Powerful", { carries: (await roleNamed(tx, "Admin")).id });
  const reaching = await groupOf(tx, "Reaching", { owner: sam.id });
  const own = await groupOf(tx, "Own", { owner: quinn.id });
  const joined = await groupOf(tx, "Joined");
  await tx.insert(groupMembers).values({ groupId: joined.id, userId: eve.id });
  return { ...people, hidden, powerful, reaching, own, joined, ctx: await as(tx, quinn) };
}

type Stage = Awaited<ReturnType<typeof stage>>;

const newcomer = ({ eve }: Stage, more: object) =>
  ({
    ...{ username: "nora", email: "nora@northwind.example", firstName: "Nora", lastName: "New" },
    ...{ configuration: "default", primaryRoleId: eve.primaryRoleId, additionalRoleIds: [], groupIds: [] },
    ...{ managerId: null, credentials: "generate", password: "", confirmPassword: "", mustChangePassword: true },
    ...more,
  }) as never;

const details = ({ eve }: Stage, more: object) =>
  ({
    ...{ id: eve.id, version: eve.version, email: eve.email, firstName: eve.firstName, lastName: eve.lastName },
    ...{ primaryRoleId: eve.primaryRoleId, additionalRoleIds: [], managerId: eve.managerId, accessEndsAt: null },
    ...{ password: "", confirmPassword: "", ...more },
  }) as never;

const joins = ({ eve }: Stage, ...groupIds: string[]) => ({
  id: eve.id,
  version: eve.version,
  memberships: groupIds.map((groupId) => ({ groupId, endsAt: null })),
  roleEnds: [],
});

const noGroup = /^One of these groups doesn't exist, or you don't have access to it\.$/;
const nobody = /^That person doesn't exist, or you don't have access to it\.$/;

describe("groups that are out of sight are as those that are not there (R11)", () => {
  const choices: Record<string, (on: Stage) => string> = {
    "one that is not there": () => newId(),
    "one that carries nothing": ({ hidden }) => hidden.id,
    "one that carries administration": ({ powerful }) => powerful.id,
    "one whose owner has reach": ({ reaching }) => reaching.id,
  };
  const ways: Record<string, [string, (ctx: Ctx, on: Stage, id: string) => Promise<unknown>]> = {
    "updateAccess joins": ["memberships", (ctx, on, id) => updateAccess(ctx, joins(on, on.joined.id, id))],
    "createUser joins": ["groupIds", (ctx, on, id) => createUser(ctx, newcomer(on, { groupIds: [id] }))],
    "a preview joins": [
      "memberships",
      (ctx, on, id) => previewChange(ctx, updateAccess, joins(on, id), { people: [on.eve.id] }),
    ],
  };
  const cases = Object.entries(ways).flatMap(([way, [field, attempt]]) =>
    Object.entries(choices).map(([which, choose]) => ({ way, which, field, attempt, choose })),
  );
  test.each(cases)("$way $which", ({ field, attempt, choose }) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await expect(attempt(on.ctx, on, choose(on))).rejects.toEqual(wrongField(field, noGroup));
    }),
  );

  test("what is held stays, and what the picker offers can be joined", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await updateAccess(on.ctx, joins(on, on.joined.id, on.own.id));
      await createUser(on.ctx, newcomer(on, { groupIds: [on.joined.id, on.own.id] }));
    }));

  test("an actor who reads every group joins any", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await updateAccess(await as(tx, on.ada), joins(on, on.joined.id, on.hidden.id));
    }));
});

describe("managers and owners who are out of sight are as those who are not there (R11)", () => {
  const ways: Record<string, [string, (ctx: Ctx, on: Stage, id: string) => Promise<unknown>]> = {
    "createUser under": ["managerId", (ctx, on, managerId) => createUser(ctx, newcomer(on, { managerId }))],
    "updateUser under": ["managerId", (ctx, on, managerId) => updateUser(ctx, details(on, { managerId }))],
    "archiveUser hands reports to": [
      "managerId",
      (ctx, { eve }, managerId) => archiveUser(ctx, { id: eve.id, owners: [], managerId }),
    ],
    "archiveUser hands objects to": [
      "owners",
      (ctx, { eve }, ownerId) => archiveUser(ctx, { id: eve.id, owners: [{ id: newId(), ownerId }], managerId: null }),
    ],
    "createGroup for": [
      "ownerId",
      (ctx, _, ownerId) => createGroup(ctx, { name: "New", description: "", ownerId, roles: [] }),
    ],
    "updateGroup to": [
      "ownerId",
      (ctx, { own }, ownerId) =>
        updateGroup(ctx, { id: own.id, version: own.version, name: own.name, description: "", ownerId }),
    ],
  };
  const cases = Object.entries(ways).flatMap(([way, [field, attempt]]) => [
    { way, which: "somebody with reach", field, attempt, choose: ({ sam }: Stage) => sam.id },
    { way, which: "nobody", field, attempt, choose: () => newId() },
  ]);
  test.each(cases)("$way $which", ({ field, attempt, choose }) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await makeUser(tx, { managerId: on.sam.id });
      await makeUser(tx, { managerId: on.eve.id });
      await expect(attempt(on.ctx, on, choose(on))).rejects.toEqual(wrongField(field, nobody));
    }),
  );
});
