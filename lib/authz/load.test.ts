import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { groupMembers, groupRoles, groups, roles, userRoles, users } from "@/db/schema";
import { type Random, randomFrom } from "@/db/seed/random";
import { loadAccess, loadAccesses } from "@/lib/authz/load";
import type { Access } from "@/lib/authz/model";
import { nameColumns } from "@/lib/normalization/names";
import { rolledBack } from "@/lib/testing/database";
import { rounds, seedOfRun } from "@/lib/testing/thorough";

const often = rounds(5, 200);
const seed = seedOfRun();
const at = new Date("2026-11-01T12:00:00Z");
const end = (random: Random) =>
  random.pick([
    null,
    null,
    new Date("2026-11-01T11:59:59Z"),
    at,
    ...[1, 2].map((day) => new Date(`2027-01-0${day}T08:00:00Z`)),
  ]);

/** People, roles and groups of any name, given and carried with and without an end. Somebody holds a primary role alone. */
async function fill(tx: Tx, random: Random): Promise<string[]> {
  const [primary, ...additional] = Array.from({ length: 5 }, newId) as [string, ...string[]];
  await tx
    .insert(roles)
    .values(
      [primary, ...additional].map(
        (id, at) => ({ id, name: id, nameKey: id, kind: at ? "additional" : "primary" }) as const,
      ),
    );
  const people = Array.from({ length: 6 }, newId);
  await tx.insert(users).values(
    people.map((id) => {
      const all = { username: id, email: `${id}@held.example`, firstName: "A", lastName: "" };
      return {
        id,
        ...all,
        ...nameColumns(all),
        primaryRoleId: primary,
        status: "active" as const,
        accessEndsAt: end(random),
      };
    }),
  );
  const teams = ['Night = "shift"', "a b=c d", "Ørsted\\", newId()].map((name) => ({
    id: newId(),
    name,
    nameKey: name,
  }));
  await tx.insert(groups).values(teams);
  const some = <T>(all: T[]) => all.filter(() => random.chance(0.6));
  const given = some(people.slice(1)).flatMap((userId) =>
    some(additional).map((roleId) => ({ userId, roleId, endsAt: end(random) })),
  );
  const carried = teams.flatMap(({ id }) =>
    some(additional).map((roleId) => ({ groupId: id, roleId, endsAt: end(random) })),
  );
  const members = some(people.slice(1)).flatMap((userId) =>
    some(teams).map(({ id }) => ({ groupId: id, userId, endsAt: end(random) })),
  );
  if (given.length > 0) await tx.insert(userRoles).values(given);
  if (carried.length > 0) await tx.insert(groupRoles).values(carried);
  if (members.length > 0) await tx.insert(groupMembers).values(members);
  return people;
}

/** In one order: that of origins says nothing. */
const ordered = ({ roles, ...access }: Access) => ({
  ...access,
  roles: roles.map(({ origins, ...role }) => ({
    ...role,
    origins: origins.map((origin) => JSON.stringify(origin)).sort(),
  })),
});

test(`one person holds what they hold beside others: ${often} companies, seed ${seed}`, async () => {
  for (let round = 0; round < often; round += 1)
    await rolledBack(async (tx) => {
      const people = await fill(tx, randomFrom(seed + round));
      const beside = await loadAccesses(tx, people, at);
      for (const id of people) expect(ordered(await loadAccess(tx, id, at))).toEqual(ordered(beside.of(id)));
      const [row] = await tx.execute<{ origins: number }>(
        sql`select count(*)::int as origins from held_roles(array[${people[1]}::uuid], ${at.toISOString()}::timestamptz)`,
      );
      const { roles: held } = await loadAccess(tx, people[1] ?? "", at);
      expect(held.flatMap(({ origins }) => origins)).toHaveLength(row?.origins ?? 0);
    });
});

test("who is not there holds nothing", () =>
  rolledBack(async (tx) => {
    const access = await loadAccess(tx, newId(), at);
    expect(access.roles).toEqual([]);
    expect(access.endsAt).toBeNull();
  }));
