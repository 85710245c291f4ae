import { type SQL, sql } from "drizzle-orm";
import { idArray } from "@/db/ids";
import { lasting } from "@/db/lasting";
import type { Ctx } from "@/lib/context";

/**
 * People named by another table: the members of groups, the holders of a role. `rows` gives their ids as `user_id`,
 * `probe` asks whether the row of `users` at hand is one of them, `also` is what must hold of the person besides.
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
  if (selects.length === 0) return [];
  const counts = selects.map(
    (rows) =>
      sql`(select count(*)::int from (select 1 from (${rows} limit ${sql.raw(String(bound + 1))}) named) counted)`,
  );
  const [row] = await ctx.db
    .select({ sizes: sql<number[]>`array[${sql.join(counts, sql`, `)}]` })
    .from(sql`(select 1) one`);
  return row?.sizes ?? [];
}
