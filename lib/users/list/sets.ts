import { type SQL, sql } from "drizzle-orm";
import { idArray } from "@/db/ids";
import { lasting } from "@/db/lasting";
import { mostAreBelow } from "@/db/places";
import { scopesOf } from "@/lib/authz/evaluate";
import type { Ctx } from "@/lib/context";

/**
 * People named by another table: the members of groups, the holders of a role. `rows` gives their ids as `user_id`,
 * `probe` asks whether the row of `users` at hand is one of them, `also` is what else must be true of the person.
 * `distinct`: nobody is in `rows` twice.
 */
export type PeopleSet = { rows: SQL; probe: SQL; distinct: boolean; also: SQL | null };

/** Members at a moment. `is true` keeps the probe from searching the index once per group: a person is in few. */
export const membersOf = (groupIds: string[], at: Date, also: SQL | null = null): PeopleSet => ({
  rows: sql`select user_id from group_members where group_id = any(${idArray(groupIds)}) and ${lasting("group_members", at)}`,
  probe: sql`exists(select 1 from group_members where user_id = users.id
    and (group_id = any(${idArray(groupIds)})) is true and ${lasting("group_members", at)} offset 0)`,
  distinct: groupIds.length === 1,
  also,
});

export const holdersOf = (roleId: string, at: Date, also: SQL | null): PeopleSet => ({
  rows: sql`select user_id from user_roles where role_id = ${roleId} and ${lasting("user_roles", at)}`,
  probe: sql`exists(select 1 from user_roles where user_id = users.id and role_id = ${roleId} and ${lasting("user_roles", at)} offset 0)`,
  distinct: true,
  also,
});

export const probeOf = ({ probe, also }: PeopleSet) => (also ? sql`(${probe} and ${also})` : probe);

/** Sets up to here are looked up at once and sorted. */
export const fewPeople = 50_000;

/** How many people each of these names, up to a bound; one more than the bound where there are more. */
export async function sizesOf(ctx: Ctx, selects: SQL[], bound: number): Promise<number[]> {
  return numbers(
    ctx,
    selects.map((rows) => sizeOf(rows, bound)),
  );
}

const sizeOf = (rows: SQL, bound: number) =>
  sql`(select count(*)::int from (select 1 from (${rows} limit ${sql.raw(String(bound + 1))}) named) counted)`;

async function numbers(ctx: Ctx, counts: SQL[]): Promise<number[]> {
  if (counts.length === 0) return [];
  const [row] = await ctx.db
    .select({ sizes: sql<number[]>`array[${sql.join(counts, sql`, `)}]` })
    .from(sql`(select 1) one`);
  return row?.sizes ?? [];
}

/** So few that nothing else is worth finding out. */
export const handful = 2_000;

type Sight = { rows: SQL; present: boolean };

/** The same of the people in the actor's sight, up to 50,000. If somebody has most of a large house below them, none of these is counted. */
export async function sizesInSight(ctx: Ctx, sights: Sight[]): Promise<number[]> {
  const me = scopesOf(ctx.actor.access, "user.read").has("reports") ? ctx.actor.access.personId : null;
  const counts = sights.map(({ rows, present }) =>
    present && me !== null
      ? sql`(select case when few <= ${sql.raw(String(handful))} then few when ${mostAreBelow(me)} then ${sql.raw(String(fewPeople + 1))}
          else ${sizeOf(rows, fewPeople)} end from (select ${sizeOf(rows, handful)} as few) first)`
      : sizeOf(rows, fewPeople),
  );
  return numbers(ctx, counts);
}
