import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import { sightOf } from "@/lib/organisation/sight";
import { searchCondition } from "@/lib/people/search";

/** How far up a path is followed: a ring of managers, as in bad data, ends here. */
const deepest = 100;
const mostFound = 20;

/** Ids from the top of what the actor sees down to this person; empty when the person is outside of it. */
export async function pathTo(ctx: Ctx, id: string): Promise<string[]> {
  const sight = sightOf(ctx);
  const rows = await ctx.db
    .select({ id: sql<string>`t.id` })
    .from(sql`(${sight.clause}, up as (
      select u.id, u.manager_id, 1 as step from users u where u.id = ${id} and ${sight.holds("u.id")}
      union all
      select u.id, u.manager_id, up.step + 1 from users u join up on u.id = up.manager_id
       where up.step < ${sql.raw(String(deepest))} and ${sight.holds("u.id")}
    ) select id, min(step) as step from up group by id) t`)
    .orderBy(sql`t.step desc`);
  return rows.map((row) => row.id);
}

export type FoundPerson = { id: string; name: string; username: string; role: string; path: string[] };

/** People in sight by part of the name, username or email, with the names above them. At most 20; `more` says that there are others. */
export async function findInChart(ctx: Ctx, q: string): Promise<{ people: FoundPerson[]; more: boolean }> {
  const search = searchCondition(q);
  if (!search) return { people: [], more: false };
  const sight = sightOf(ctx);
  type Name = { firstName: string; lastName: string };
  const rows = await ctx.db
    .select({
      id: sql<string>`t.id`,
      firstName: sql<string>`t.first_name`,
      lastName: sql<string>`t.last_name`,
      username: sql<string>`t.username`,
      role: sql<string>`t.role`,
      above: sql<Name[]>`coalesce(t.above, '[]')`,
    })
    .from(sql`(${sight.clause}, found as (
        select * from (
          select users.* from users where users.status <> 'archived' and ${search} and ${sight.holds("users.id")} limit 500
        ) first order by name_key, id limit ${mostFound + 1})
      select f.*, r.name as role, (
        with recursive up as (
          select u.manager_id, u.first_name, u.last_name, 1 as step from users u
           where u.id = f.manager_id and ${sight.holds("u.id")}
          union all
          select u.manager_id, u.first_name, u.last_name, up.step + 1 from users u join up on u.id = up.manager_id
           where up.step < 12 and ${sight.holds("u.id")}
        ) select json_agg(json_build_object('firstName', first_name, 'lastName', last_name) order by step desc) from up
      ) as above
      from found f join roles r on r.id = f.primary_role_id) t`)
    .orderBy(sql`t.name_key, t.id`);
  const people = rows.slice(0, mostFound).map(({ id, username, role, above, ...name }) => ({
    id,
    name: fullName(name),
    username,
    role,
    path: above.map(fullName),
  }));
  return { people, more: rows.length > mostFound };
}
