import { type SQL, sql } from "drizzle-orm";
import { idArray } from "./ids";

/**
 * The copies beside memberships and roles given (`personKeys` in columns.ts), which triggers keep: a comparison of some people's with their
 * rows, and what repairs them.
 */

const copied = sql.raw("c.person_name_key, c.person_last_sign_in, c.person_role_id, c.person_present");
const own = sql.raw("u.name_key, coalesce(u.last_sign_in_at, '-infinity'), u.primary_role_id, u.status <> 'archived'");
const differ = sql`(${copied}) is distinct from (${own})`;

/**
 * Of so many people in the order of their ids, from the one after: `last`, null where there are no more, and `differing`, those whose copies
 * differ.
 */
export const comparedPersonKeys = (after: string | null, people: number): SQL => sql`
  with compared as materialized (
    select id, name_key, last_sign_in_at, primary_role_id, status from users
     where ${after}::uuid is null or id > ${after}::uuid order by id limit ${people})
  select (select id from compared order by id desc limit 1) as last,
         array(select u.id from compared u join group_members c on c.user_id = u.id where ${differ}
               union select u.id from compared u join user_roles c on c.user_id = u.id where ${differ}) as differing`;

/** Locks these people, so that none of them changes meanwhile: to be asked before `repairedPersonKeys`. */
export const lockedForCopies = (ids: string[]): SQL =>
  sql`select id from users where id = any(${idArray(ids)}) order by id for share`;

const repaired = (table: "group_members" | "user_roles", ids: string[]) => sql`
  update ${sql.raw(table)} c set person_name_key = u.name_key, person_last_sign_in = coalesce(u.last_sign_in_at, '-infinity'),
         person_role_id = u.primary_role_id, person_present = u.status <> 'archived'
    from users u where u.id = c.user_id and u.id = any(${idArray(ids)}) and ${differ} returning 1`;

/** Copies them again; `rows`: how many were wrong. */
export const repairedPersonKeys = (ids: string[]): SQL => sql`
  with members as (${repaired("group_members", ids)}), holders as (${repaired("user_roles", ids)})
  select ((select count(*) from members) + (select count(*) from holders))::int as rows`;
