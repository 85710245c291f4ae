import { sql } from "drizzle-orm";
import { idArray } from "@/db/ids";
import { kept } from "@/db/kept";
import { above } from "@/db/places";
import type { Ctx } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import { type Sight, sightOf } from "@/lib/organisation/sight";
import { searchCondition } from "@/lib/people/search";
import { pictureAddress } from "@/lib/platform/picture-address";

/** Names above somebody who is found. */
const mostAbove = 12;
const mostFound = 20;

/** Ids from the top of what the actor sees down to this person; empty when the person is outside of it. */
export async function pathTo(ctx: Ctx, id: string): Promise<string[]> {
  const sight = sightOf(ctx);
  const rows = await kept(
    ctx.db
      .select({
        id: sql<string>`up.user_id`,
        steps: sql<number>`up.steps`,
        seen: sql<boolean>`${sight.sees(sql`up.user_id`)}`,
      })
      .from(sql`(select user_id, steps from (${above(sql`select ${id}::uuid`)}) above
        union all select id, 0 from users where id = ${id}) up`)
      .orderBy(sql`up.steps`),
  );
  return withinSight(rows)
    .map((row) => row.id)
    .reverse();
}

/** Of those above somebody, the nearest first: up to where the chart ends. */
function withinSight<T extends { seen: boolean }>(people: T[]): T[] {
  const end = people.findIndex(({ seen }) => !seen);
  return end === -1 ? people : people.slice(0, end);
}

export type FoundPerson = {
  id: string;
  name: string;
  picture: string | undefined;
  username: string;
  role: string;
  path: string[];
};

/** People in sight by part of the name, username or email, with the names above them. At most 20; `more` says that there are others. */
export async function findInChart(ctx: Ctx, q: string): Promise<{ people: FoundPerson[]; more: boolean }> {
  const search = searchCondition(q);
  if (!search) return { people: [], more: false };
  const sight = sightOf(ctx);
  const rows = await ctx.db
    .select({
      id: sql<string>`f.id`,
      firstName: sql<string>`f.first_name`,
      lastName: sql<string>`f.last_name`,
      username: sql<string>`f.username`,
      pictureTag: sql<string | null>`f.picture_tag`,
      role: sql<string>`r.name`,
    })
    .from(sql`(select * from (
        select users.* from users where users.status <> 'archived' and ${search} and ${sight.sees(sql`users.id`)} limit 500
      ) first order by name_key, id limit ${mostFound + 1}) f join roles r on r.id = f.primary_role_id`)
    .orderBy(sql`f.name_key, f.id`);
  const found = rows.slice(0, mostFound);
  const paths = await namesAbove(
    ctx,
    sight,
    found.map(({ id }) => id),
  );
  const people = found.map(({ id, username, role, pictureTag, ...name }) => ({
    id,
    name: fullName(name),
    picture: pictureAddress(id, pictureTag),
    username,
    role,
    path: paths.get(id) ?? [],
  }));
  return { people, more: rows.length > mostFound };
}

/** From the top of what the actor sees down to the manager of each. */
async function namesAbove(ctx: Ctx, sight: Sight, ids: string[]): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  if (ids.length === 0) return names;
  const rows = await ctx.db
    .select({
      id: sql<string>`above.led_id`,
      firstName: sql<string>`users.first_name`,
      lastName: sql<string>`users.last_name`,
      seen: sql<boolean>`${sight.sees(sql`users.id`)}`,
    })
    .from(sql`(${above(sql`select unnest(${idArray(ids)})`)}) above join users on users.id = above.user_id`)
    .where(sql`above.steps <= ${mostAbove}`)
    .orderBy(sql`above.steps`);
  for (const id of ids)
    names.set(
      id,
      withinSight(rows.filter((row) => row.id === id))
        .map(fullName)
        .reverse(),
    );
  return names;
}
