import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import type { RoleKind, Scope, UserStatus } from "@/db/enums";
import {
  groupMembers,
  groupRoles,
  groups,
  roleCombinations,
  roleOperations,
  roles,
  signInNames,
  userRoles,
  users,
} from "@/db/schema";
import type { Random } from "@/db/seed/random";
import { nameColumns } from "@/lib/normalization/names";
import { operationKeys, operationOf } from "@/lib/operations";

/** A small company drawn by lot, as plain data: what an oracle can reason about without a database. */
export type WorldRole = {
  id: string;
  name: string;
  kind: RoleKind;
  rank: number | null;
  admin: boolean;
  needs: string[];
  operations: { operation: string; scope: Scope }[];
};
type Dated = { endsAt: Date | null };
export type WorldPerson = {
  id: string;
  username: string;
  managerId: string | null;
  primaryRoleId: string;
  status: UserStatus;
  accessEndsAt: Date | null;
  roles: (Dated & { roleId: string })[];
};
export type WorldGroup = {
  id: string;
  name: string;
  ownerId: string | null;
  roles: (Dated & { roleId: string })[];
  members: (Dated & { userId: string })[];
};
export type World = { now: Date; roles: WorldRole[]; people: WorldPerson[]; groups: WorldGroup[] };

const names = ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel"];
const carried = operationKeys.filter((key) => operationOf(key).scopes.length > 0 && !operationOf(key).everything);
/** Drawn more often than the rest, so that worlds are not mostly refusals. */
const frequent = ["user.read", "user.update", "group.read", "group.update", "group.add_member", "role.update"] as const;

/** Small enough for a preview to name everybody. */
export function makeWorld(random: Random): World {
  const now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const ends = [now.getTime() - 1, now.getTime(), now.getTime() + 1, now.getTime() + 86_400_000];
  const end = () => (random.chance(0.6) ? null : new Date(random.pick(ends)));
  const primary = Array.from({ length: random.between(1, 3) }, (_, at) => makeRole(random, names[at]!, at + 1, []));
  const additional = Array.from({ length: random.between(1, 4) }, (_, at) =>
    makeRole(
      random,
      names[3 + at]!,
      null,
      random.chance(0.4) ? [random.pick(primary).id] : [],
      at === 0 && random.chance(0.5),
    ),
  );
  const some = <T>(list: readonly T[], chance: number) => list.filter(() => random.chance(chance));
  const people: WorldPerson[] = [];
  const admin = additional.find((role) => role.admin);
  for (let number = 0; number < random.between(4, 9); number++) {
    const primaryRole = admin && random.chance(0.15) ? admin : random.pick(primary);
    people.push({
      id: newId(),
      username: `p${number}`,
      managerId: people.length > 0 && random.chance(0.7) ? random.pick(people).id : null,
      primaryRoleId: primaryRole.id,
      status: random.chance(0.85) ? "active" : random.pick(["disabled", "archived", "invited"] as const),
      accessEndsAt: random.chance(0.1) ? end() : null,
      roles: some(additional, 0.25)
        .filter((role) => role !== primaryRole)
        .map(({ id }) => ({ roleId: id, endsAt: end() })),
    });
  }
  const made = Array.from({ length: random.between(0, 3) }, (_, at) => ({
    id: newId(),
    name: names[at]!,
    ownerId: random.chance(0.75) ? random.pick(people).id : null,
    roles: some(additional, 0.4).map(({ id }) => ({ roleId: id, endsAt: end() })),
    members: some(people, 0.4).map(({ id }) => ({ userId: id, endsAt: end() })),
  }));
  return { now, roles: [...primary, ...additional], people, groups: made };
}

function makeRole(random: Random, name: string, rank: number | null, needs: string[], admin = false): WorldRole {
  const operations = new Map<string, { operation: string; scope: Scope }>();
  for (let drawn = random.between(0, 6); !admin && drawn > 0; drawn--) {
    const operation = random.pick(random.chance(0.6) ? frequent : carried);
    const scope = random.pick(operationOf(operation).scopes);
    operations.set(`${operation} ${scope}`, { operation, scope });
  }
  const kind = rank === null ? "additional" : "primary";
  return { id: newId(), name, kind, rank, admin, needs, operations: [...operations.values()] };
}

/** Stores a world in an empty database, in as few statements as there are tables. */
export async function storeWorld(tx: Tx, world: World): Promise<void> {
  await tx.insert(roles).values(
    world.roles.map(({ id, name, kind, rank, admin }) => ({
      id,
      name,
      nameKey: name.toLowerCase(),
      kind,
      rank,
      admin,
      builtIn: admin,
    })),
  );
  const operations = world.roles.flatMap((role) => role.operations.map((held) => ({ roleId: role.id, ...held })));
  if (operations.length > 0) await tx.insert(roleOperations).values(operations);
  const needs = world.roles.flatMap(({ id, needs: ids }) =>
    ids.map((primaryRoleId) => ({ roleId: id, primaryRoleId })),
  );
  if (needs.length > 0) await tx.insert(roleCombinations).values(needs);
  const stored = world.people.map(({ roles: _, username, ...person }) => {
    const named = { username, email: `${username}@worlds.example`, firstName: username.toUpperCase(), lastName: "" };
    const archive = person.status === "archived" ? { statusBeforeArchive: "active" as const } : {};
    return { ...person, ...named, ...nameColumns(named), ...archive };
  });
  await tx.insert(users).values(stored);
  await tx
    .insert(signInNames)
    .values(
      stored.flatMap(({ id, usernameKey, emailKey }) => [usernameKey, emailKey].map((key) => ({ key, userId: id }))),
    );
  const direct = world.people.flatMap(({ id, roles: held }) => held.map((role) => ({ userId: id, ...role })));
  if (direct.length > 0) await tx.insert(userRoles).values(direct);
  if (world.groups.length === 0) return;
  await tx
    .insert(groups)
    .values(world.groups.map(({ id, name, ownerId }) => ({ id, name, nameKey: name.toLowerCase(), ownerId })));
  const given = world.groups.flatMap(({ id, roles: held }) => held.map((role) => ({ groupId: id, ...role })));
  if (given.length > 0) await tx.insert(groupRoles).values(given);
  const members = world.groups.flatMap(({ id, members: inside }) => inside.map((one) => ({ groupId: id, ...one })));
  if (members.length > 0) await tx.insert(groupMembers).values(members);
}
