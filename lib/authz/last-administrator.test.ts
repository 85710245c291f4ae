import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { newId } from "@/db/columns";
import { groupMembers, groupRoles, groups, userRoles, users } from "@/db/schema";
import { randomFrom } from "@/db/seed/random";
import { someAdministrators } from "@/lib/authz/administrators";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { updateGroupRoles } from "@/lib/groups/commands/update";
import { nameColumns } from "@/lib/normalization/names";
import { as } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { rounds, seedOfRun, tell } from "@/lib/testing/thorough";
import { archiveUser } from "@/lib/users/commands/archive";
import { disableUser } from "@/lib/users/commands/disable";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";

const seed = seedOfRun();
const random = randomFrom(seed);
const often = rounds(20, 1_000);
const nextYear = new Date(Date.now() + 365 * 86_400_000);

const [here, there] = twoProcesses("last_administrator");
let roleIds: Map<string, string>;

beforeAll(async () => {
  roleIds = await loadPreset(here);
});

const roleId = (name: string) => roleIds.get(name) ?? "";

type Person = typeof users.$inferSelect;
type Administrator = { person: Person; through: "role" | "own group" | "shared group"; groupId: string | null };

/** Administrators of three kinds in as few statements as can be: the race is what takes the time. */
async function administrators(count: number): Promise<Administrator[]> {
  await here.execute(sql`delete from groups`);
  await here.execute(sql`delete from users`);
  const drafts = Array.from({ length: count }, (_, number) => {
    const named = {
      username: `a${number}`,
      email: `a${number}@northwind.example`,
      firstName: `A${number}`,
      lastName: "",
    };
    return {
      id: newId(),
      ...named,
      ...nameColumns(named),
      status: "active" as const,
      primaryRoleId: roleId("Quality Manager"),
    };
  });
  const people = await here.insert(users).values(drafts).returning();
  const shared = newId();
  const made = people.map((person): Administrator => {
    const through = random.pick(["role", "own group", "shared group"] as const);
    return { person, through, groupId: through === "role" ? null : through === "own group" ? newId() : shared };
  });
  const grouped = made.filter(({ groupId }) => groupId !== null);
  const ids = [...new Set(grouped.map(({ groupId }) => groupId!))];
  const direct = made.filter(({ groupId }) => groupId === null);
  if (direct.length > 0)
    await here.insert(userRoles).values(direct.map(({ person }) => ({ userId: person.id, roleId: roleId("Admin") })));
  if (ids.length > 0) {
    await here.insert(groups).values(ids.map((id, at) => ({ id, name: `G${at}`, nameKey: `g${at}` })));
    await here.insert(groupRoles).values(ids.map((groupId) => ({ groupId, roleId: roleId("Admin") })));
    await here
      .insert(groupMembers)
      .values(grouped.map(({ person, groupId }) => ({ userId: person.id, groupId: groupId! })));
  }
  return made;
}

type Way = (ctx: Ctx, victim: Administrator) => Promise<unknown>;

const form = ({ person, groupId }: Administrator, more: object = {}) => ({
  id: person.id,
  version: 1,
  email: person.email,
  firstName: person.firstName,
  lastName: person.lastName,
  primaryRoleId: person.primaryRoleId,
  additionalRoleIds: groupId ? [] : [roleId("Admin")],
  managerId: null,
  accessEndsAt: null,
  password: "",
  confirmPassword: "",
  ...more,
});

const anybody: Record<string, Way> = {
  archive: (ctx, { person }) => archiveUser(ctx, { id: person.id, owners: [], managerId: null }),
  disable: (ctx, { person }) => disableUser(ctx, { id: person.id, reason: "race", until: null }),
  "disable for a while": (ctx, { person }) => disableUser(ctx, { id: person.id, reason: "race", until: nextYear }),
  "end access": (ctx, victim) => updateUser(ctx, form(victim, { accessEndsAt: nextYear })),
  "lower the primary role": (ctx, victim) =>
    updateUser(ctx, form(victim, { primaryRoleId: roleId("Quality Engineer"), additionalRoleIds: [] })),
};

const byRole: Record<string, Way> = {
  "take the role": (ctx, victim) => updateUser(ctx, form(victim, { additionalRoleIds: [] })),
  "end the role": (ctx, { person }) =>
    updateAccess(ctx, {
      id: person.id,
      version: 1,
      memberships: [],
      roleEnds: [{ roleId: roleId("Admin"), endsAt: nextYear }],
    }),
};

const byGroup: Record<string, Way> = {
  "take out of the group": (ctx, { person, groupId }) => removeMember(ctx, { groupId: groupId!, userId: person.id }),
  "end the membership": (ctx, { person, groupId }) =>
    updateAccess(ctx, {
      id: person.id,
      version: 1,
      memberships: [{ groupId: groupId!, endsAt: nextYear }],
      roleEnds: [],
    }),
  "take the role from the group": (ctx, { groupId }) => updateGroupRoles(ctx, { id: groupId!, version: 1, roles: [] }),
  "end the role of the group": (ctx, { groupId }) =>
    updateGroupRoles(ctx, { id: groupId!, version: 1, roles: [{ roleId: roleId("Admin"), endsAt: nextYear }] }),
  "delete the group": (ctx, { groupId }) => deleteGroup(ctx, { id: groupId!, version: 1 }),
};

const waysTo = ({ groupId }: Administrator) => Object.entries({ ...anybody, ...(groupId ? byGroup : byRole) });

const codeOf = (error: unknown): string => {
  if (error instanceof AppError) return error.code;
  throw error;
};

/** What somebody hears who is no administrator any more. */
const lost = ["unauthenticated", "forbidden", "not_found"];

/** One after the other, until nobody else is left or the attacker has been removed too. */
async function attack(ctx: Ctx, others: Administrator[], gone: Set<string>, told: string[]) {
  for (const victim of others) {
    if (gone.has(victim.person.id)) continue;
    const [name, way] = random.pick(waysTo(victim));
    const code = await way(ctx, victim).then(() => "ok", codeOf);
    told.push(`${name} of one by ${victim.through}: ${code}`);
    if (code === "ok") gone.add(victim.person.id);
    if (lost.includes(code)) return;
  }
}

const shuffled = <T>(list: readonly T[]) =>
  list
    .map((one) => [random.next(), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);

test.each([2, 10])(
  `the last of %i administrators who remove each other is left (U15), ${often} rounds, seed ${seed}`,
  async (count) => {
    const ways = new Set<string>();
    const counted = { "ending with one": 0, "with more": 0, done: 0, refused: 0 };
    for (let round = 0; round < often; round++) {
      const people = await administrators(count);
      const contexts = await Promise.all(people.map(({ person }, at) => as(at % 2 ? there : here, person)));
      const gone = new Set<string>();
      const told: string[] = [];
      const others = (self: Administrator) => shuffled(people.filter((other) => other !== self));
      await Promise.all(people.map((self, at) => attack(contexts[at]!, others(self), gone, told)));
      const still = await someAdministrators(here, new Date());
      expect([still.length > 0, told]).toEqual([true, told]);
      const [kept] = await here.select().from(users).where(eq(users.id, still[0]!));
      expect(kept).toMatchObject({ status: "active", accessEndsAt: null });
      counted[still.length === 1 ? "ending with one" : "with more"] += 1;
      for (const line of told) {
        ways.add(line.slice(0, line.indexOf(" of one")));
        counted[line.endsWith(": ok") ? "done" : "refused"] += 1;
      }
    }
    expect(counted["ending with one"]).toBeGreaterThan(often / 2);
    if (often > 100) expect(ways.size).toBe(12);
    tell(`${count} administrators who remove each other`, { rounds: often, ways: ways.size, ...counted, seed });
  },
  3_600_000,
);
