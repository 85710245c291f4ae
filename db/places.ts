import { type SQL, sql } from "drizzle-orm";

/**
 * The organisation as it is asked: who is below whom, by the kept places (db/schema/places.ts). Everybody below a place lies in
 * one range of its index: `~` comes after every digit.
 */

/** Everybody below a person, as `user_id`, each once. `person`: an id. `present`: only those who are, or are not, archived. */
export const below = (person: SQL | string, { present }: { present?: boolean } = {}): SQL =>
  sql`select led.user_id from places top join places led on led.path > top.path and led.path < top.path || '~'
       where top.user_id = ${person}${present === undefined ? sql`` : present ? sql` and led.present` : sql` and not led.present`}`;

/**
 * Whether a person has so many below them that nobody has to count them: half of a large house, who are not archived, as fifty pages of
 * the table show, a sample that stays the same. By chance they show it for 50,000 people in less than one of a million houses.
 */
export const mostAreBelow = (person: SQL | string): SQL =>
  sql`coalesce((select kept.reltuples >= 400000 and (
    select avg((led.present and led.path > top.path and led.path < top.path || '~')::int) >= 0.5
      from places top, places led tablesample system ((select 5000.0 / greatest(relpages, 50) from pg_class where oid = 'places'::regclass)) repeatable (1)
     where top.user_id = ${person}) from pg_class kept where kept.oid = 'places'::regclass), false)`;

/** Whether one is below the other. Both are ids or columns of ids. `offset 0` keeps it a question about each row. */
export const isBelow = (person: SQL | string, top: SQL | string): SQL =>
  sql`exists(select 1 from places led where led.user_id = ${person} and led.user_id <> ${top}
       and starts_with(led.path, (select top.path from places top where top.user_id = ${top})) offset 0)`;

/**
 * Whether somebody who is not archived is below a place. In order, so that the index is looked at once: an `exists` would be planned
 * as if such a row were met soon anywhere in the table.
 */
export const leadsFrom = (path: SQL): SQL =>
  sql`coalesce((select led.present from places led where led.path > ${path} and led.path < ${path} || '~' and led.present
       order by led.path limit 1), false)`;

/** The same of a person: an id or a column of ids. */
export const leads = (person: SQL | string): SQL =>
  sql`coalesce((select ${leadsFrom(sql`top.path`)} from places top where top.user_id = ${person}), false)`;

/** Everybody above these people: `led_id` and `user_id`, with `steps` between them. `people`: a select of one column of ids. */
export const above = (people: SQL): SQL =>
  sql`select led.user_id as led_id, top.user_id, (length(led.path) - n) / 8 as steps
        from places led cross join lateral generate_series(8, length(led.path) - 8, 8) n
        cross join lateral (select user_id from places where path = left(led.path, n) offset 0) top
       where led.user_id in (${people})`;

/**
 * How many people would be above one another if these, with everybody below them, came under `top`; nobody: somebody
 * new. `people`: an array of ids.
 */
export const depthUnder = (top: string, people: SQL): SQL<number> =>
  sql<number>`(select (coalesce(max(length(manager.path)), 0) / 8) from places manager where manager.user_id = ${top}) + coalesce((
    select max(length(led.path) - length(own.path)) / 8 from places own
      join places led on led.path >= own.path and led.path < own.path || '~' where own.user_id = any(${people})), 0) + 1`;
