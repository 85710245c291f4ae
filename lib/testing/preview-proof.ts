import { expect } from "vitest";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import type { Random } from "@/db/seed/random";
import { someAdministrators } from "@/lib/authz/administrators";
import { type Change, differenceOf } from "@/lib/authz/difference";
import { loadAccess } from "@/lib/authz/load";
import { type Access, holdingsOf, opens } from "@/lib/authz/model";
import { operator } from "@/lib/authz/principal";
import { type Ctx, createContext } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { addMember } from "@/lib/groups/commands/add-member";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import type { Command } from "@/lib/kernel/command";
import { carriedKeys, operationKeys, operationOf, takesEverything } from "@/lib/operations";
import { type AccessPreview, type Affected, previewChange } from "@/lib/previews/preview";
import { updateRole } from "@/lib/roles/commands/update";
import { as } from "@/lib/testing/database";
import { covers, heldBy } from "@/lib/testing/oracle";
import type { World } from "@/lib/testing/worlds";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";

/** One change that a screen offers with a preview. */
type Draft = {
  affected: Affected;
  preview: (ctx: Ctx) => Promise<AccessPreview>;
  make: (ctx: Ctx) => Promise<unknown>;
};

const draftOf = <S extends z.ZodType, V>(verb: Command<S, V>, input: z.output<S>, affected: Affected): Draft => ({
  affected,
  preview: (ctx) => previewChange(ctx, verb, input, affected),
  make: (ctx) => verb(ctx, input),
});

type Drawn = (world: World, random: Random) => Draft | null;

const roleOf = (world: World, random: Random) => random.pick(world.roles);
const additional = (world: World) => world.roles.filter(({ kind }) => kind === "additional");
const some = <T>(random: Random, list: readonly T[]) => list.filter(() => random.chance(0.4));
const later = (world: World, random: Random) =>
  random.chance(0.5) ? null : new Date(world.now.getTime() + random.pick([1000, 86_400_000, 9e9]));

const onGroup =
  (draw: (group: World["groups"][number], world: World, random: Random) => Draft): Drawn =>
  (world, random) =>
    world.groups.length > 0 ? draw(random.pick(world.groups), world, random) : null;

const kinds: Record<string, Drawn> = {
  "add a member": onGroup(({ id }, world, random) => {
    const input = { groupId: id, userId: random.pick(world.people).id, endsAt: later(world, random) };
    return draftOf(addMember, input, { people: [input.userId] });
  }),
  "remove a member": onGroup(({ id, members }, world, random) => {
    const userId = members.length > 0 ? random.pick(members).userId : random.pick(world.people).id;
    return draftOf(removeMember, { groupId: id, userId }, { people: [userId] });
  }),
  "edit the roles of a group": onGroup(({ id }, world, random) => {
    const roles = some(random, additional(world)).map((role) => ({ roleId: role.id, endsAt: later(world, random) }));
    return draftOf(updateGroupRoles, { id, version: 1, roles }, { groupId: id });
  }),
  "hand a group on": onGroup(({ id, name }, world, random) => {
    const ownerId = random.chance(0.2) ? null : random.pick(world.people).id;
    const input = { id, version: 1, name, description: "", ownerId };
    return draftOf(updateGroup, input, { groupId: id });
  }),
  "delete a group": onGroup(({ id }) => draftOf(deleteGroup, { id, version: 1 }, { groupId: id })),
  "edit a role": (world, random) => {
    const { id, name, rank, kind, operations: before } = roleOf(world, random);
    const added = Array.from({ length: random.between(0, 2) }, () => {
      const operation = random.pick(carriedKeys);
      return { operation, scope: random.pick(operationOf(operation).scopes) };
    });
    const primary = world.roles.filter((role) => role.kind === "primary");
    const input = {
      id,
      version: 1,
      name,
      description: "",
      rank,
      combinesWith: kind === "primary" ? [] : some(random, primary).map((role) => role.id),
      operations: [...some(random, before), ...added],
    };
    return draftOf(updateRole, input, { roleId: id });
  },
  "edit somebody's memberships": (world, random) => {
    const { id, roles } = random.pick(world.people);
    const memberships = some(random, world.groups).map((group) => ({
      groupId: group.id,
      endsAt: later(world, random),
    }));
    const roleEnds = some(random, roles).map(({ roleId }) => ({ roleId, endsAt: later(world, random) }));
    const input = { id, version: 1, memberships, roleEnds };
    return draftOf(updateAccess, input, { people: [id] });
  },
  "edit somebody's roles and manager": (world, random) => {
    const { id, username, accessEndsAt, managerId } = random.pick(world.people);
    const input = {
      id,
      version: 1,
      email: `${username}@worlds.example`,
      firstName: username.toUpperCase(),
      lastName: "",
      primaryRoleId: random.pick(world.roles.filter(({ kind, admin }) => kind === "primary" || admin)).id,
      additionalRoleIds: some(random, additional(world)).map((role) => role.id),
      managerId: random.chance(0.5) ? managerId : random.pick(world.people).id,
      accessEndsAt,
      password: "",
      confirmPassword: "",
    };
    return draftOf(updateUser, input, { people: [id] });
  },
};

export const previewKinds = Object.keys(kinds);

type Refusal = { code: string; message: string };
type Outcome<T> = { value: T } | { refusal: Refusal };

async function tried<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await work };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}

/**
 * Draws a change, previews it, makes it, and compares the two: the same refusal, or exactly the same gains and
 * losses; and of what somebody gains, the actor held all (R8).
 */
export async function previewAgrees(tx: Tx, world: World, random: Random) {
  const now = () => world.now;
  const kind = random.pick(previewKinds);
  const draft = kinds[kind]?.(world, random);
  if (!draft) return { outcome: "refused" as const, lines: 0 };
  const actor = random.chance(0.5) ? null : random.pick(world.people);
  const ctx: Ctx = actor ? await as(tx, actor, now) : createContext(tx, operator, { now });
  const everybody = world.people.filter(({ status }) => "people" in draft.affected || status !== "archived");

  const before = await accessOf(tx, world, everybody);
  const administrators = await someAdministrators(tx, world.now);
  const preview = await tried(draft.preview(ctx));
  if (random.chance(0.1)) expect(await accessOf(tx, world, everybody), "nothing is left behind").toEqual(before);
  const made = await tried(draft.make(ctx));
  expect("refusal" in made ? made.refusal : null, kind).toEqual("refusal" in preview ? preview.refusal : null);
  if ("refusal" in made || "refusal" in preview) return { outcome: "refused" as const, lines: 0 };

  const after = await accessOf(tx, world, everybody);
  for (const side of ["gains", "loses"] as const) {
    const real = [...after].flatMap(([id, access]) =>
      differenceOf(before.get(id)!, access)[side].map((change) => [id, change] as const),
    );
    for (const [id, access] of after) holdTogether(before.get(id)!, access, side, real, id);
    if (actor) expect(countOf(preview.value, side), kind).toBe(real.length);
    else expect(told(preview.value, side), kind).toEqual(real.map(([id, change]) => words(id, change)).sort());
    if (side === "gains" && actor) noEscalation(world, actor.id, real, kind);
  }
  const { gain, lose } = preview.value.administrators;
  if (administrators.length > 0 && (await someAdministrators(tx, world.now)).length === 0)
    throw new Error(`${kind}: the last administrator is gone (${gain} gained, ${lose} lost)`);
  return { outcome: "saved" as const, lines: preview.value.gains.length + preview.value.loses.length };
}

/** What roles give: a preview shows them alone, and the end of an account is a field of the form. */
async function accessOf(tx: Tx, world: World, people: World["people"]): Promise<Map<string, Access>> {
  const of = async ({ id }: { id: string }) =>
    [id, { ...(await loadAccess(tx, id, world.now)), endsAt: null }] as const;
  return new Map(await Promise.all(people.map(of)));
}

/** The difference is what enforcement would notice: an operation at a scope opens, or opens no more. */
function holdTogether(
  before: Access,
  after: Access,
  side: "gains" | "loses",
  real: (readonly [string, Change])[],
  id: string,
): void {
  const [one, other] = side === "gains" ? [after, before] : [before, after];
  const opensAt = (access: Access, operation: string, scope: string) =>
    holdingsOf(access).some(
      (held) => opens(held.operation, operation) && (held.scope === "all" || held.scope === scope),
    );
  const mine = real.flatMap(([person, change]) => (person === id && !change.endOnly ? [change] : []));
  for (const key of operationKeys)
    for (const scope of operationOf(key).scopes) {
      const changed = opensAt(one, key, scope) && !opensAt(other, key, scope);
      const named = mine.some(
        (change) => opens(change.operation, key) && (change.scope === "all" || change.scope === scope),
      );
      if (changed) expect([id, key, scope, named]).toEqual([id, key, scope, true]);
    }
  for (const { operation, scope } of mine)
    expect([id, operation, scope, opensAt(one, operation, scope), opensAt(other, operation, scope)]).toEqual([
      id,
      operation,
      scope,
      true,
      false,
    ]);
}

const words = (id: string, { operation, scope, until, endOnly }: Change) =>
  [id, operation, scope, until?.toISOString() ?? "for ever", endOnly ? "end" : "all of it"].join(" ");

const told = (preview: AccessPreview, side: "gains" | "loses") =>
  preview[side]
    .flatMap(({ operations, people, until, endOnly }) =>
      operations.flatMap(({ operation, scope }) =>
        people.map(({ id }) => words(id, { operation, scope, until: until as Date | null, endOnly })),
      ),
    )
    .sort();

const countOf = (preview: AccessPreview, side: "gains" | "loses") =>
  preview[side].reduce((sum, { operations, count }) => sum + operations.length * count, 0);

const forEver = Number.POSITIVE_INFINITY;

function noEscalation(world: World, actorId: string, gained: (readonly [string, Change])[], kind: string): void {
  const mine = heldBy(world, actorId);
  const accountEnds = new Map(world.people.map(({ id, accessEndsAt }) => [id, accessEndsAt?.getTime() ?? forEver]));
  const given = gained.filter(([id, { until, ...change }]) => {
    const accountEnd = accountEnds.get(id) ?? forEver;
    // What comes with holding everything without an end comes to nobody whose account has one (R15).
    if (takesEverything(change.operation) && accountEnd !== forEver) return false;
    const end = Math.min(until?.getTime() ?? forEver, accountEnd);
    return !covers(mine, { ...change, until: end });
  });
  expect(given.map(([id, change]) => `${kind}: ${words(id, change)}`)).toEqual([]);
}
