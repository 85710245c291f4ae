import { and, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, alias } from "drizzle-orm/pg-core";
import { lasting } from "@/db/lasting";
import { isBelow } from "@/db/places";
import { groups, roles, users } from "@/db/schema";
import { statusCondition, whoCanManage } from "@/lib/authz/account-status";
import { holdsBeyondSelf, scopesOf } from "@/lib/authz/evaluate";
import { reachedBy, within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import type { Choice, Wanted } from "@/lib/lists/filters";
import { groupsWithin, isScoped } from "@/lib/memberships/scoped";
import { fullName } from "@/lib/normalization/names";
import { isFound } from "@/lib/normalization/search";
import { foundIn } from "@/lib/normalization/search-condition";
import type { OperationKey } from "@/lib/operations";
import { configurationNames } from "@/lib/people/names";
import { searchCondition } from "@/lib/people/search";
import { pictureAddress } from "@/lib/platform/picture-address";

/** What a picker shows: found on the server, never a whole table. */
const most = 20;

/** People in sight in any state but archived, by part of the name, username or email: whom one may open. */
export const searchPeople = (ctx: Ctx, q: string): Promise<Choice[]> =>
  choosePeople(ctx, [inSight(ctx), notArchived, searchCondition(q)]);

/** Active people in sight, and the actor: those to whom something can be given (R5, U11). `exceptId` is left out. */
export function searchNewOwners(ctx: Ctx, q: string, exceptId?: string): Promise<Choice[]> {
  const others = exceptId ? ne(users.id, exceptId) : null;
  return choosePeople(ctx, [inSightOrOneself(ctx), statusCondition("active", ctx.now()), searchCondition(q), others]);
}

/**
 * Those whom `checkManager` accepts: in sight or the actor, who can manage. `notBelow` leaves out that person and everybody
 * under them: none of those can manage the person, nor, once the person is removed, all who reported to them (U8, U11). Of
 * somebody whom the actor does not see it leaves out nobody, and so does not reveal who that is.
 */
export function searchNewManagers(ctx: Ctx, q: string, notBelow: string | null): Promise<Choice[]> {
  const top = alias(users, "top");
  const seen = sql`exists(select 1 from users top where top.id = ${notBelow} and ${inSightOrOneself(ctx, top.id)})`;
  const above = notBelow && sql`not (${seen} and (users.id = ${notBelow} or ${isBelow(sql`users.id`, notBelow)}))`;
  return choosePeople(ctx, [inSightOrOneself(ctx), whoCanManage(ctx.now()), searchCondition(q), above || null]);
}

/** People whom one may edit, in any state but archived: to whom a role can be given. */
export const searchAssignees = (ctx: Ctx, q: string): Promise<Choice[]> =>
  choosePeople(ctx, [inSight(ctx), within(ctx, "user.update", users.id), notArchived, searchCondition(q)]);

/** People in sight who are not in a group now, in any state but archived: whom one may add. */
export function searchCandidates(ctx: Ctx, groupId: string, q: string): Promise<Choice[]> {
  const outside = sql`not exists(select 1 from group_members gm where gm.group_id = ${groupId}
    and gm.user_id = users.id and ${lasting("gm", ctx.now())})`;
  return choosePeople(ctx, [inSight(ctx), notArchived, searchCondition(q), outside]);
}

/** People who have somebody below them, in any state but archived: for the filter by manager. */
export function searchManagers(ctx: Ctx, wanted: Wanted): Promise<Choice[]> {
  const leads = sql`exists(select 1 from users below where below.manager_id = users.id)`;
  return choosePeople(ctx, [inSightOrOneself(ctx), notArchived, ...wantedOf(wanted, leads)]);
}

/** People who own a group that the actor may see, in any state: for the filter by owner. */
export function searchOwners(ctx: Ctx, wanted: Wanted): Promise<Choice[]> {
  const owns = sql`exists(select 1 from groups where groups.owner_id = users.id and ${groupsWithin(ctx, "group.read")})`;
  return choosePeople(ctx, [inSightOrOneself(ctx), ...wantedOf(wanted, owns)]);
}

/** People who have clients that the actor may see, in any state: for the filter of clients by user. */
export function searchClientOwners(ctx: Ctx, wanted: Wanted): Promise<Choice[]> {
  const owns = sql`exists(select 1 from clients where clients.user_id = users.id)`;
  return choosePeople(ctx, [inSightOrOneself(ctx), within(ctx, "client.read", users.id), ...wantedOf(wanted, owns)]);
}

/** People in sight, or the actor, in any state but archived: for the filter of credentials by user. */
export const searchHolders = (ctx: Ctx, wanted: Wanted): Promise<Choice[]> =>
  choosePeople(ctx, [inSightOrOneself(ctx), ...wantedOf(wanted, notArchived)]);

/** People who own a service account that the actor may see, in any state: for the filter by owner. */
export function searchAccountOwners(ctx: Ctx, wanted: Wanted): Promise<Choice[]> {
  const owns = sql`exists(select 1 from service_accounts where service_accounts.owner_id = users.id)`;
  const inSight = within(ctx, "service_account.read", users.id);
  return choosePeople(ctx, [inSightOrOneself(ctx), inSight, ...wantedOf(wanted, owns)]);
}

/** People who own a resource that the actor may see, in any state: for the filter of resources by owner. */
export function searchResourceOwners(ctx: Ctx, wanted: Wanted): Promise<Choice[]> {
  const owns = sql`exists(select 1 from resources where resources.owner_id = users.id)`;
  return choosePeople(ctx, [inSightOrOneself(ctx), within(ctx, "resource.read", users.id), ...wantedOf(wanted, owns)]);
}

const notArchived = sql`users.status <> 'archived'`;
const inSight = (ctx: Ctx, id: AnyPgColumn = users.id) => within(ctx, "user.read", id);
const inSightOrOneself = (ctx: Ctx, id: AnyPgColumn = users.id) =>
  sql`(${inSight(ctx, id)} or ${id} = ${ctx.actor.access.personId})`;

/** By part of the name among those who are something, or those alone who are named. */
const wantedOf = (wanted: Wanted, among: SQL) =>
  typeof wanted === "string" ? [searchCondition(wanted), among] : [inArray(users.id, wanted.ids)];

/**
 * The first people, by name, for whom all conditions on `users` are true; at most 20. Ordering a rare name by index would walk the whole
 * table, so some that match are taken first and ordered then.
 */
export async function choosePeople(ctx: Ctx, conditions: (SQL | null)[]): Promise<Choice[]> {
  const where = and(...conditions.filter((condition) => condition !== null));
  const rows = await ctx.db
    .select({
      id: sql<string>`users.id`,
      firstName: sql<string>`users.first_name`,
      lastName: sql<string>`users.last_name`,
      hint: sql<string>`users.username`,
      pictureTag: sql<string | null>`users.picture_tag`,
    })
    .from(sql`(select * from users where ${where} limit 500) users`)
    .orderBy(sql`users.name_key, users.id`)
    .limit(most);
  return rows.map(({ id, hint, pictureTag, ...name }) => {
    const picture = pictureAddress(id, pictureTag);
    return { id, label: fullName(name), hint, ...(picture && { picture }) };
  });
}

/** Groups that the actor may see, and those that people in sight are in: what a form offers and accepts (R11). */
export function groupsOffered(ctx: Ctx): SQL | undefined {
  if (!isScoped(ctx, "group.read")) return undefined;
  const reached = reachedBy(ctx, "user.read");
  const member =
    reached === "everyone"
      ? sql`exists(select 1 from group_members gm where gm.group_id = groups.id)`
      : sql`groups.id in (select gm.group_id from group_members gm where gm.user_id in (${reached}))`;
  return or(groupsWithin(ctx, "group.read"), member);
}

/** The same by part of the name. */
export function searchGroups(ctx: Ctx, wanted: Wanted): Promise<Choice[]> {
  return ctx.db
    .select({ id: groups.id, label: groups.name })
    .from(groups)
    .where(and(soughtGroups(wanted), groupsOffered(ctx)))
    .orderBy(groups.nameKey)
    .limit(limitOf(wanted));
}

const soughtGroups = (wanted: Wanted) =>
  typeof wanted === "string" ? (foundIn(groups.search, wanted) ?? undefined) : inArray(groups.id, wanted.ids);

/** Roles by part of the name, so few that all are read; without `role.read`, those that people in sight hold. */
export async function searchRoles(ctx: Ctx, wanted: Wanted): Promise<Choice[]> {
  const among = typeof wanted === "string" ? undefined : inArray(roles.id, wanted.ids);
  const seeable = await ctx.db
    .select({ id: roles.id, label: roles.name, hint: sql<string>`${roles.kind}` })
    .from(roles)
    .where(and(among, seesAll(ctx, "role.read") ? undefined : heldInSight(ctx)))
    .orderBy(sql`${roles.kind} desc, ${roles.rank} nulls last, ${roles.name}`);
  return typeof wanted === "string" ? seeable.filter(({ label }) => isFound(wanted, label)).slice(0, most) : seeable;
}

/**
 * Whether somebody in sight has a role. Of everybody it is asked by the order of the index, as `resolveRoles` does: asked by the role alone,
 * PostgreSQL reads all people for a role that nobody has. Of some people, their roles are found once.
 */
function heldInSight(ctx: Ctx): SQL {
  const reached = reachedBy(ctx, "user.read");
  if (reached === "everyone")
    return sql`(coalesce((select u.primary_role_id from users u where u.primary_role_id >= ${roles.id}
        order by u.primary_role_id limit 1) = ${roles.id}, false)
      or coalesce((select ur.role_id from user_roles ur where ur.role_id >= ${roles.id} order by ur.role_id limit 1) = ${roles.id}, false)
      or exists(select 1 from group_roles gr join group_members gm on gm.group_id = gr.group_id where gr.role_id = ${roles.id}))`;
  return sql`${roles.id} in (with reached as materialized (${reached})
    select u.primary_role_id from users u join reached r on r.user_id = u.id
    union select ur.role_id from user_roles ur join reached r on r.user_id = ur.user_id
    union select gr.role_id from group_roles gr
     where gr.group_id in (select gm.group_id from group_members gm join reached r on r.user_id = gm.user_id))`;
}

/** Configurations that occur, one look at the index for each. */
export async function searchConfigurations(ctx: Ctx, wanted: Wanted): Promise<Choice[]> {
  if (typeof wanted !== "string") {
    const nameOf = await configurationNames(ctx.db, wanted.ids);
    return wanted.ids.map((id) => ({ id, label: nameOf(id) }));
  }
  if (!holdsBeyondSelf(ctx.actor.access, "user.read")) return [];
  const next = (after: SQL) =>
    sql`select min(configuration) from users where status <> 'archived' and configuration > ${after}`;
  const rows = await ctx.db.select({ id: sql<string>`c.name` }).from(
    sql`(with recursive c as (
        select (${next(sql`''`)}) as name union all select (${next(sql`c.name`)}) from c where c.name is not null
      ) select name from c where name is not null) c`,
  );
  const nameOf = await configurationNames(
    ctx.db,
    rows.map(({ id }) => id),
  );
  const found = rows
    .map(({ id }) => ({ id, label: nameOf(id) }))
    .filter(({ id, label }) => isFound(wanted, label) || isFound(wanted, id));
  return found.slice(0, most);
}

const limitOf = (wanted: Wanted) => (typeof wanted === "string" ? most : wanted.ids.length);

const seesAll = ({ actor }: Ctx, operation: OperationKey) => scopesOf(actor.access, operation).has("all");
