import { eq, inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { isSampled, sampledPeople } from "@/db/sampled";
import { groupMembers, groupRoles, groups, roleCombinations, roles, userRoles, users } from "@/db/schema";
import { type Random, randomFrom } from "@/db/seed/random";
import type { Ctx } from "@/lib/context";
import { nameColumns } from "@/lib/normalization/names";
import { holdersOf } from "@/lib/roles/usage";
import { asOperator, rolledBack } from "@/lib/testing/database";
import { rounds, seedOfRun } from "@/lib/testing/thorough";
import { readUserFilters } from "@/lib/users/filters";
import { listUsers } from "@/lib/users/list";

const often = rounds(3, 150);
const seed = seedOfRun();
const day = 86_400_000;

type Company = { primary: string[]; additional: string[]; people: string[]; groups: string[] };

const named = (random: Random, id: string) => {
  const username = `u${id}`;
  const firstName = random.pick(["Ada", "Bo", "Cem", "Élise", "Zoë"]);
  const lastName = random.pick(["", "Ng", "Ölmez", "Stein"]);
  const all = { username, email: `${username}@ranges.example`, firstName, lastName };
  return { ...all, ...nameColumns(all) };
};
const somePast = (random: Random) =>
  random.chance(0.2) ? null : new Date(Date.UTC(2026, 0, random.between(1, 5)) + random.between(0, 3) * day);
const end = (random: Random) => (random.chance(0.7) ? null : new Date(Date.now() + random.pick([-1, 1]) * day));
const some = <T>(random: Random, list: readonly T[], chance: number) => list.filter(() => random.chance(chance));

/** So many people that a list of them has several pages, in few large groups or in many small ones. */
async function makeCompany(tx: Tx, random: Random): Promise<Company> {
  const role = (kind: "primary" | "additional") => ({ id: newId(), name: newId(), kind });
  const made = [role("primary"), role("primary"), ...Array.from({ length: 4 }, () => role("additional"))];
  await tx.insert(roles).values(made.map((one, at) => ({ ...one, nameKey: one.name, rank: at < 2 ? at + 1 : null })));
  const [primary, additional] = [made.slice(0, 2), made.slice(2)].map((list) => list.map(({ id }) => id)) as [
    string[],
    string[],
  ];
  await tx.insert(roleCombinations).values({ roleId: additional[0] ?? "", primaryRoleId: primary[0] ?? "" });
  const people = Array.from({ length: random.between(90, 260) }, newId);
  await tx.insert(users).values(
    people.map((id) => {
      const archived = random.chance(0.1);
      return {
        id,
        ...named(random, id),
        primaryRoleId: random.pick(primary),
        status: archived ? ("archived" as const) : ("active" as const),
        ...(archived ? { statusBeforeArchive: "active" as const } : {}),
        lastSignInAt: somePast(random),
      };
    }),
  );
  const many = random.chance(0.5);
  const teams = Array.from({ length: many ? 30 : 3 }, newId);
  await tx.insert(groups).values(teams.map((id) => ({ id, name: id, nameKey: id })));
  const carried = teams.flatMap((groupId) =>
    some(random, additional, 0.5).map((roleId) => ({ groupId, roleId, endsAt: end(random) })),
  );
  if (carried.length > 0) await tx.insert(groupRoles).values(carried);
  const members = teams.flatMap((groupId) =>
    some(random, people, many ? 0.1 : 0.6).map((userId) => ({ groupId, userId, endsAt: end(random) })),
  );
  await tx.insert(groupMembers).values(members);
  const given = people.flatMap((userId) =>
    some(random, additional.slice(0, 3), 0.2).map((roleId) => ({ userId, roleId, endsAt: end(random) })),
  );
  await tx.insert(userRoles).values(given);
  return { primary, additional, people, groups: teams };
}

/** Something that lists sort or choose people by. */
async function change(tx: Tx, random: Random, company: Company): Promise<void> {
  const id = random.pick(company.people);
  const change = (values: Partial<typeof users.$inferInsert>) => tx.update(users).set(values).where(eq(users.id, id));
  await random.pick([
    () => change(named(random, id)),
    () => change({ lastSignInAt: somePast(random) }),
    () => change({ primaryRoleId: random.pick(company.primary) }),
    () => change({ status: "archived", statusBeforeArchive: "active" }),
    () => change({ status: "active", statusBeforeArchive: null }),
    () => tx.delete(groupMembers).where(eq(groupMembers.userId, id)),
    () =>
      tx
        .insert(groupMembers)
        .values({ groupId: random.pick(company.groups), userId: id, endsAt: end(random) })
        .onConflictDoNothing(),
    () =>
      tx
        .update(users)
        .set({ lastSignInAt: somePast(random) })
        .where(inArray(users.id, some(random, company.people, 0.3))),
  ])();
}

/** The same written out as it is said (R6): who holds the role directly or through a group, in force with their primary role. */
const holding = (roleIds: string[]) => sql`exists(
  select 1 from roles r where r.id in (${sql.join(
    roleIds.map((id) => sql`${id}`),
    sql`, `,
  )})
    and (r.id = users.primary_role_id
      or exists(select 1 from user_roles ur where ur.user_id = users.id and ur.role_id = r.id and coalesce(ur.ends_at, 'infinity') > now())
      or exists(select 1 from group_members gm join group_roles gr on gr.group_id = gm.group_id where gm.user_id = users.id
           and gr.role_id = r.id and least(coalesce(gm.ends_at, 'infinity'), coalesce(gr.ends_at, 'infinity')) > now()))
    and not (exists(select 1 from role_combinations c where c.role_id = r.id)
      and not exists(select 1 from role_combinations c where c.role_id = r.id and c.primary_role_id = users.primary_role_id)))`;
const memberOf = (groupId: string) => sql`exists(select 1 from group_members gm where gm.user_id = users.id
  and gm.group_id = ${groupId} and coalesce(gm.ends_at, 'infinity') > now())`;

const orders = {
  name: sql`name_key, id`,
  "-name": sql`name_key desc, id desc`,
  lastSignInAt: sql`coalesce(last_sign_in_at, '-infinity'), id`,
  "-lastSignInAt": sql`coalesce(last_sign_in_at, '-infinity') desc, id desc`,
};

async function pagesOf(ctx: Ctx, params: Record<string, string | string[]>) {
  const filters = readUserFilters(params).filters;
  let page = await listUsers(ctx, filters);
  const [ids, { total }] = [page.rows.map(({ id }) => id), page];
  let last = ids.length;
  while (page.next) {
    page = await listUsers(ctx, { ...filters, after: page.next });
    ids.push(...page.rows.map(({ id }) => id));
    last = page.rows.length;
  }
  if (page.previous) {
    const { rows } = await listUsers(ctx, { ...filters, before: page.previous });
    expect(rows.map(({ id }) => id)).toEqual(ids.slice(-last - rows.length, -last));
  }
  return { ids, total };
}

async function compare(tx: Tx, company: Company) {
  const ctx = asOperator(tx);
  const { primary, additional, groups: teams } = company;
  const asked = [
    ...[...primary, ...additional].map((id) => [id]),
    additional.slice(0, 2),
    [additional[1] ?? "", primary[0] ?? ""],
  ];
  const cases = [
    ...asked.map((role) => ({ params: { role } as Record<string, string[]>, who: holding(role) })),
    { params: { group: teams.slice(0, 1) }, who: memberOf(teams[0] ?? "") },
  ];
  for (const { params, who } of cases)
    for (const [sort, order] of Object.entries(orders)) {
      const expected = await tx.execute<{ id: string }>(
        sql`select id from users where status <> 'archived' and ${who} order by ${order}`,
      );
      const { ids, total } = await pagesOf(ctx, { ...params, sort });
      expect(ids).toEqual(expected.map(({ id }) => id));
      expect(total).toEqual({ value: ids.length, kind: "exact" });
    }
}

async function compareCounts(tx: Tx, { primary, additional }: Company) {
  const ids = [...primary, ...additional];
  const counted = await holdersOf(
    asOperator(tx),
    ids.map((id) => ({ id })),
  );
  for (const id of ids) {
    const [row] = await tx.execute<{ count: number }>(
      sql`select count(*)::int as count from users where status <> 'archived' and ${holding([id])}`,
    );
    expect(counted.get(id)).toEqual({ value: row?.count, kind: "exact" });
  }
}

/** Rows whose copies differ from their person's row. */
const strayed = (of: string) => sql`select 1 from ${sql.raw(of)} c join users u on u.id = c.user_id
  where c.person_name_key <> u.name_key or c.person_last_sign_in <> coalesce(u.last_sign_in_at, '-infinity')
     or c.person_role_id is distinct from u.primary_role_id or c.person_present <> (u.status <> 'archived')`;

test(`lists by role and group are those of plain SQL, whatever changes: ${often} companies, seed ${seed}`, async () => {
  for (let round = 0; round < often; round += 1)
    await rolledBack(async (tx) => {
      const random = randomFrom(seed + round);
      const company = await makeCompany(tx, random);
      await compare(tx, company);
      for (let step = 0; step < 40; step += 1) await change(tx, random, company);
      for (const table of ["group_members", "user_roles"]) expect([...(await tx.execute(strayed(table)))]).toEqual([]);
      await compare(tx, company);
      await compareCounts(tx, company);
    });
}, 600_000);

test(
  "people who come again in many groups are counted once",
  () =>
    rolledBack(async (tx) => {
      const [role] = await tx
        .insert(roles)
        .values({ name: "Primary", nameKey: "primary", kind: "primary", rank: 1 })
        .returning();
      const [held] = await tx.insert(roles).values({ name: "Held", nameKey: "held", kind: "additional" }).returning();
      await tx.execute(sql`insert into users (id, username, username_key, email, email_key, first_name, name_key, search, primary_role_id, status)
      select gen_random_uuid(), 'u' || n, 'u' || n, 'u' || n, 'u' || n, 'U', 'u ' || n, ' u', ${role?.id}::uuid, 'active'
        from generate_series(1, 250) n`);
      await tx.execute(sql`with made as (insert into groups (id, name, name_key) select gen_random_uuid(), 'g' || n, 'g' || n
        from generate_series(1, 50) n returning id
      ), carried as (insert into group_roles (group_id, role_id) select id, ${held?.id}::uuid from made)
      insert into group_members (group_id, user_id) select made.id, users.id from made, users`);
      const counted = await holdersOf(asOperator(tx), [{ id: held?.id ?? "" }]);
      expect(counted.get(held?.id ?? "")).toEqual({ value: 250, kind: "exact" });
    }),
  60_000,
);

/** People of one primary role in a group that carries another, some of them in a second such group, all of them drawn by lot. */
async function drawn(tx: Tx, people: number) {
  const role = (kind: "primary" | "additional") => ({ id: newId(), name: newId(), kind });
  const [first, carried] = [role("primary"), role("additional")];
  await tx.insert(roles).values([first, carried].map((one) => ({ ...one, nameKey: one.name })));
  await tx.execute(sql`with person as (
      insert into users (id, username, username_key, email, email_key, first_name, name_key, search, primary_role_id, status)
      select id, id, id, id, id, 'U', 'u', ' u', ${first.id}::uuid, 'active' from (
        select gen_random_uuid() as id from generate_series(1, ${people * sampledPeople * 2}::int)) made
       where ${isSampled("id", sampledPeople)} limit ${people} returning id
    ), made as (insert into groups (id, name, name_key)
      select id, id, id from (select gen_random_uuid() as id from generate_series(1, 2)) team returning id
    ), carried as (insert into group_roles (group_id, role_id) select id, ${carried.id}::uuid from made)
    insert into group_members (group_id, user_id) select made.id, person.id from made, person
     where made.id = (select min(id::text)::uuid from made) or (uuid_hash(person.id) >> 8) & 7 = 0`);
  return { first, carried };
}

test("people who surely are more than are counted, by those drawn by lot, are not counted", () =>
  rolledBack(async (tx) => {
    const few = await drawn(tx, 600);
    const many = await drawn(tx, 740);
    const asked = [few.first, few.carried, many.first, many.carried];
    const counted = await holdersOf(asOperator(tx), asked);
    expect(asked.map(({ id }) => counted.get(id))).toEqual([
      { value: 600, kind: "exact" },
      { value: 600, kind: "exact" },
      { value: 10_000, kind: "over" },
      { value: 10_000, kind: "over" },
    ]);
  }));
