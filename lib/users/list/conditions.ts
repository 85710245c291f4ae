import { SQL, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import { scopesOf } from "@/lib/access/decide";
import { within } from "@/lib/access/relation";
import type { Ctx } from "@/lib/context";
import type { UserFilters } from "@/lib/users/filters";
import { statusCondition } from "@/lib/users/status";
import { type RoleHolders, resolveRoles } from "./roles";
import { searchCondition } from "./search";
import { handful, idArray, isSmall, membersOf, type PeopleSet, probeOf } from "./sets";

/**
 * The people who match, said in two ways. `arms`: as sets to be collected, each with the people it starts from;
 * together they are the answer. `probes`: as questions asked of one row after the other, for walking along an index.
 */
export type Matching = { view: SQL; arms: Arm[]; probes: SQL[]; scoped: boolean; plain: boolean };

/** `start` null: from `users` itself, by whichever index suits. */
export type Arm = { start: PeopleSet | null; where: SQL };

const present = sql.raw("users.status <> 'archived'");
const archived = sql.raw("users.status = 'archived'");

export async function matching(ctx: Ctx, filters: UserFilters): Promise<Matching> {
  const view = filters.view === "archived" ? archived : present;
  const columns = columnConditions(filters, ctx.now());
  const scoped = isScoped(ctx);
  const narrow = scoped ? [...columns, within(ctx, "user.read", users.id)] : columns;
  const roles = filters.role.length > 0 ? await resolveRoles(ctx, filters.role) : null;
  const group = filters.group.length > 0 ? membersOf(filters.group, ctx.now()) : null;
  const ways = roles ? waysOf(roles) : [null];
  const arms: Arm[] = [];
  for (const way of ways) arms.push(await armOf(ctx, [view, ...narrow], way, group));
  return {
    view,
    arms,
    probes: [
      ...narrow,
      ...(group ? [probeOf(group)] : []),
      ...(roles
        ? [either(ways.filter((way) => way !== null).map((way) => (way instanceof SQL ? way : probeOf(way))))]
        : []),
    ],
    scoped,
    plain: narrow.length === 0 && !roles && !group,
  };
}

/** A role that is not there is held by nobody. */
const waysOf = ({ primary, sets }: RoleHolders): (PeopleSet | SQL)[] =>
  primary || sets.length > 0 ? [...(primary ? [primary] : []), ...sets] : [sql`false`];

/**
 * Left to itself the planner reads all of `users` for the members of some groups. So the fewer are looked up one by
 * one: those whom the other conditions leave, or those of the set; only where both are many it may choose.
 */
async function armOf(ctx: Ctx, conditions: SQL[], way: PeopleSet | SQL | null, group: PeopleSet | null): Promise<Arm> {
  const sets = [...(way && !(way instanceof SQL) ? [way] : []), ...(group ? [group] : [])];
  const where = way instanceof SQL ? [...conditions, way] : conditions;
  const all = (more: SQL[]) => sql.join([...where, ...more], sql` and `);
  const others = sql`select 1 from users where ${all([])}`;
  const fromUsers = { start: null, where: all(sets.map(probeOf)) };
  const narrowed = where.length > 1;
  if (sets.length === 0 || (narrowed && (await isSmall(ctx, others, handful)))) return fromUsers;
  for (const start of sets)
    if ((!narrowed && sets.length === 1 && !start.also) || (await isSmall(ctx, start.rows)))
      return {
        start,
        where: all(
          sets
            .filter((set) => set !== start)
            .map(probeOf)
            .concat(start.also ?? []),
        ),
      };
  if (narrowed && (await isSmall(ctx, others))) return fromUsers;
  const joined = sets.map(({ rows, also }) =>
    also ? sql`users.id in (${rows}) and ${also}` : sql`users.id in (${rows})`,
  );
  return { start: null, where: all(joined) };
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
            ? sql`coalesce(users.last_sign_in_at, '-infinity'::timestamptz) = '-infinity'::timestamptz`
            : sql`coalesce(users.last_sign_in_at, '-infinity'::timestamptz) < ${now} - make_interval(days => ${days})
                  and users.created_at < ${now} - make_interval(days => ${days})`,
        ),
      ),
    );
  return found;
}

const either = (conditions: SQL[]) => sql`(${sql.join(conditions, sql` or `)})`;

const textArray = (values: string[]) =>
  sql`array[${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )}]::text[]`;
