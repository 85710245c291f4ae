import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { kept } from "@/db/kept";
import { activeCondition } from "@/lib/authz/account-status";
import { type Decision, notNow, require, yes } from "@/lib/authz/decision";
import { standingOf } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import { type Access, endOf } from "@/lib/authz/model";
import type { Ctx, Reads } from "@/lib/context";

/**
 * Active people with default configuration in whom the built-in Admin is in force without an end date: as their primary role, or
 * directly or through a group where their primary role allows it. Few have it as their primary role: asked for a range, PostgreSQL finds
 * them by the index, and does not read everybody.
 */
export const administratorIds = (at: Date) => sql`
  select p.id from users p
   where ${activeCondition(at, "p")}
     and p.configuration = 'default' and p.access_ends_at is null
     and p.id in (
       select ur.user_id from user_roles ur join roles r on r.id = ur.role_id where r.admin and ur.ends_at is null
       union
       select gm.user_id from group_members gm join group_roles gr on gr.group_id = gm.group_id join roles r on r.id = gr.role_id
        where r.admin and gm.ends_at is null and gr.ends_at is null
       union
       select u.id from roles r cross join lateral (
         select id from users where primary_role_id between r.id and r.id offset 0) u where r.admin)
     and exists (
       select 1 from roles r where r.admin and (
         r.id = p.primary_role_id
         or not exists (select 1 from role_combinations c where c.role_id = r.id)
         or exists (select 1 from role_combinations c where c.role_id = r.id and c.primary_role_id = p.primary_role_id)))`;

/** Up to two of them: enough to distinguish none, the last one, and more. */
export async function someAdministrators(db: Reads | Tx, at: Date): Promise<string[]> {
  const asked = (db as Tx).select({ id: sql<string>`a.id` }).from(sql`(${administratorIds(at)} limit 2) a`);
  const rows = await kept(asked);
  return rows.map((row) => row.id);
}

/** Whether this person is one of them now. */
export async function isAdministrator(db: Reads | Tx, userId: string, at: Date): Promise<boolean> {
  const rows = await db
    .select({ id: sql<string>`a.id` })
    .from(sql`(${administratorIds(at)}) a`)
    .where(sql`a.id = ${userId}`);
  return rows.length > 0;
}

/**
 * Nobody takes administration from themselves, nor gives it an end, by whatever path, nor does what acts for them (U16). Asked after the
 * change, with what was held before it.
 */
export async function refuseToLoseAdministration({ actor, now }: Ctx, tx: Tx): Promise<void> {
  const own = standingOf(actor.access);
  if (own.personId === null || !own.roles.some(administers)) return;
  requireAdministrationKept(own, await loadAccess(tx, own.personId, now()));
}

/** The same of what somebody holds before and after. */
export const requireAdministrationKept = (before: Access, after: Access): void =>
  require(keepsAdministration(before, after));

export function keepsAdministration(before: Access, after: Access): Decision {
  if (!before.roles.some(administers)) return yes;
  return after.roles.some(administers) && (administersForEver(after) || !administersForEver(before))
    ? yes
    : notNow("You cannot remove or limit your own administration. Another administrator can.");
}

const administers = (role: { admin: boolean; inForce: boolean }) => role.admin && role.inForce;

/** Whether the built-in Admin is in force in somebody at this moment. */
export const isAdmin = (access: Access): boolean => standingOf(access).roles.some(administers);

/** Whether the built-in Admin is in force in somebody without an end. */
export const administersForEver = (access: Access) =>
  access.roles.some((role) => administers(role) && endOf(access, role) === null);
