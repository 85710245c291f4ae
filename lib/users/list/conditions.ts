import { type SQL, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import { scopesOf } from "@/lib/access/decide";
import { within } from "@/lib/access/relation";
import type { Ctx } from "@/lib/context";
import type { LiveStatus, UserFilters } from "@/lib/users/filters";
import { idArray, type RoleArms, resolveRoles } from "./roles";
import { searchCondition } from "./search";

/**
 * The people who match, said in two ways. `arms`: as sets, one per way of matching, for collecting few; together
 * they are the answer. `probes`: as questions asked of one row after the other, for walking along an index.
 */
export type Matching = { view: SQL; arms: SQL[]; probes: SQL[]; scoped: boolean; plain: boolean };

const present = sql.raw("users.status <> 'archived'");
const archived = sql.raw("users.status = 'archived'");

export async function matching(ctx: Ctx, filters: UserFilters): Promise<Matching> {
  const at = ctx.now();
  const view = filters.view === "archived" ? archived : present;
  const columns = columnConditions(filters, at);
  const roles = filters.role.length > 0 ? await resolveRoles(ctx, filters.role) : null;
  const scoped = isScoped(ctx);
  const scope = within(ctx, "user.read", users.id);
  const groups = filters.group.length > 0 ? groupSet(filters.group, at) : null;
  const sets = [...columns, ...(groups ? [groups.set] : []), ...(scoped ? [scope] : [])];
  const arms = roles ? roles.map((arm) => arm.set) : [sql`true`];
  return {
    view,
    arms: arms.map((arm) => sql.join([view, ...sets, arm], sql` and `)),
    probes: [
      ...columns,
      ...(groups ? [groups.probe] : []),
      ...(roles ? [anyOf(roles)] : []),
      ...(scoped ? [scope] : []),
    ],
    scoped,
    plain: columns.length === 0 && !roles && !groups && !scoped,
  };
}

/** Whether the actor sees only some people. */
export const isScoped = ({ actor }: Ctx) =>
  !(actor.kind === "operator" || (actor.kind === "person" && scopesOf(actor.access, "user.read").has("all")));

function columnConditions(filters: UserFilters, at: Date): SQL[] {
  const now = sql`${at.toISOString()}::timestamptz`;
  const found: SQL[] = [];
  const search = searchCondition(filters.q);
  if (search) found.push(search);
  if (filters.status.length > 0) found.push(either(filters.status.map((status) => statusCondition(status, at))));
  if (filters.configuration.length > 0) found.push(sql`users.configuration = any(${textArray(filters.configuration)})`);
  if (filters.manager.length > 0) found.push(sql`users.manager_id = any(${idArray(filters.manager)})`);
  if (filters.dormant.length > 0)
    found.push(
      either(
        filters.dormant.map((days) =>
          days === "never"
            ? sql`users.last_sign_in_at is null`
            : sql`coalesce(users.last_sign_in_at, '-infinity'::timestamptz) < ${now} - make_interval(days => ${days})
                  and users.created_at < ${now} - make_interval(days => ${days})`,
        ),
      ),
    );
  return found;
}

/** `shownStatus` as a condition that an index can answer; a test holds the two equal. */
export function statusCondition(status: LiveStatus, at: Date): SQL {
  const now = sql`${at.toISOString()}::timestamptz`;
  const inTime = sql`(users.access_ends_at is null or users.access_ends_at > ${now})`;
  const up = sql`(users.status = 'active' or (users.status = 'disabled' and users.disabled_until <= ${now}))`;
  switch (status) {
    case "disabled":
      return sql`((users.status = 'disabled' and (users.disabled_until is null or users.disabled_until > ${now}))
                  or (users.access_ends_at <= ${now} and users.status <> 'archived'))`;
    case "invited":
      return sql`(users.status = 'invited' and ${inTime})`;
    case "locked":
      return sql`(users.locked_at is not null and (users.locked_until is null or users.locked_until > ${now}) and ${up} and ${inTime})`;
    case "active":
      return sql`(${up} and ${inTime} and (users.locked_at is null or users.locked_until <= ${now}))`;
  }
}

function groupSet(groupIds: string[], at: Date) {
  const member = sql`group_id = any(${idArray(groupIds)}) and (ends_at is null or ends_at > ${at.toISOString()}::timestamptz)`;
  return {
    set: sql`users.id in (select user_id from group_members where ${member})`,
    probe: sql`exists(select 1 from group_members where user_id = users.id and ${member} offset 0)`,
  };
}

const anyOf = (arms: RoleArms) => either(arms.map((arm) => arm.probe));
const either = (conditions: SQL[]) => sql`(${sql.join(conditions, sql` or `)})`;

const textArray = (values: string[]) =>
  sql`array[${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )}]::text[]`;
