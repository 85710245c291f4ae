import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";

/**
 * People named by another table: the members of groups, the holders of a role. `rows` gives their ids as `user_id`,
 * `probe` asks whether the row of `users` at hand is one of them, `also` is what must hold of the person besides.
 */
export type PeopleSet = { rows: SQL; probe: SQL; distinct: boolean; also: SQL | null };

/** One parameter for all ids. It is an array from the start, not a text that would be read again for each row. */
export const idArray = (ids: string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;

const current = (at: Date) => sql`(ends_at is null or ends_at > ${at.toISOString()}::timestamptz)`;

/** Members at a moment. `is true` keeps the probe from searching the index once per group: a person is in few. */
export const membersOf = (groupIds: string[], at: Date, also: SQL | null = null): PeopleSet => ({
  rows: sql`select user_id from group_members where group_id = any(${idArray(groupIds)}) and ${current(at)}`,
  probe: sql`exists(select 1 from group_members where user_id = users.id
    and (group_id = any(${idArray(groupIds)})) is true and ${current(at)} offset 0)`,
  distinct: groupIds.length === 1,
  also,
});

export const holdersOf = (roleId: string, at: Date, also: SQL | null): PeopleSet => ({
  rows: sql`select user_id from user_roles where role_id = ${roleId} and ${current(at)}`,
  probe: sql`exists(select 1 from user_roles where user_id = users.id and role_id = ${roleId} and ${current(at)} offset 0)`,
  distinct: true,
  also,
});

export const probeOf = ({ probe, also }: PeopleSet) => (also ? sql`(${probe} and ${also})` : probe);

/** Up to here people are looked up one by one; up to `handful` nothing else is worth finding out. */
export const fewPeople = 20_000;
export const handful = 2_000;

export async function isSmall(ctx: Ctx, rows: SQL, bound = fewPeople): Promise<boolean> {
  const [counted] = await ctx.db
    .select({ size: sql<number>`count(*)::int` })
    .from(sql`(select 1 from (${rows} limit ${sql.raw(String(bound + 1))}) bounded) counted`);
  return (counted?.size ?? 0) <= bound;
}
