import { SQL, sql } from "drizzle-orm";
import { idArray } from "@/db/ids";
import { statusCondition } from "@/lib/authz/account-status";
import { scopesOf } from "@/lib/authz/evaluate";
import { inSightOrSelf, reachedBy, reaches } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { boundedTotal, type Total } from "@/lib/lists/pagination";
import { sortOf } from "@/lib/lists/search-params";
import { searchCondition } from "@/lib/people/search";
import type { UserFilters } from "@/lib/users/filters";
import { type Range, rangesOf } from "@/lib/users/list/ranges";
import { holdersIn, resolveRoles } from "@/lib/users/list/roles";
import { fewPeople, handful, membersOf, type PeopleSet, probeOf, sizesInSight, sizesOf } from "@/lib/users/list/sets";
import { isCopied } from "@/lib/users/list/sorts";

/**
 * The people who match, said in two ways. `arms`: as sets to be collected, each with the people it starts from;
 * together they are the answer. `probes`: as questions asked of one row after the other, for walking along an index.
 * `few`: every arm starts from a set that is looked up at once.
 */
export type Matching = {
  view: SQL;
  /** They lie in these ranges, each in the order of the list, and neither `arms` nor `probes` are needed. */
  ranges: Range[] | null;
  /** They are those of everybody in the view of those not archived whom this finds, and nothing else is asked of them. */
  searched: SQL | null;
  arms: Arm[];
  probes: SQL[];
  few: boolean;
  plain: boolean;
  /** How many they are at least, where that was found out on the way: too many to be collected. */
  many: Total | null;
  configuration: SQL | null;
};

/** `start` null: from `users` itself, by whichever index suits. `many`: so many that not all are looked up. */
export type Arm = { start: PeopleSet | null; many?: true; where: SQL };

/** The people in sight. `many`: more than are looked up at once. `exact`: they are all of the view. */
type Scope = PeopleSet & { many: boolean; exact: boolean };

const present = sql.raw("users.status <> 'archived'");
const archived = sql.raw("users.status = 'archived'");

export async function matching(ctx: Ctx, filters: UserFilters): Promise<Matching> {
  const view = filters.view === "archived" ? archived : present;
  const columns = columnConditions(filters, ctx);
  const scope = await scopeOf(ctx, filters.view);
  const roles = filters.role.length > 0 ? await resolveRoles(ctx, filters.role) : null;
  const group = filters.group.length > 0 ? membersOf(filters.group, ctx.now()) : null;
  const inOrder = filters.view === "active" && isCopied(sortOf(filters).by);
  const ranges =
    inOrder && columns.length === 0 && !scope && Boolean(roles) !== Boolean(group)
      ? rangesOf(roles, filters.group, ctx.now())
      : null;
  const search = searchCondition(filters.q);
  const searched = filters.view === "active" && columns.length === 1 && !scope && !roles && !group ? search : null;
  const ways = roles ? holdersIn(roles, ctx.now()) : [null];
  const arms: Arm[] = [];
  if (!ranges) for (const way of ways) arms.push(await armOf(ctx, { view, columns, way, group, scope }));
  return {
    view,
    ranges,
    searched,
    arms,
    probes: [
      ...columns,
      ...(scope ? [scope.probe] : []),
      ...(group ? [probeOf(group)] : []),
      ...(roles
        ? [either(ways.filter((way) => way !== null).map((way) => (way instanceof SQL ? way : probeOf(way))))]
        : []),
    ],
    few: arms.every(({ start, many }) => start && !many),
    plain: columns.length === 0 && !scope && !roles && !group,
    many:
      scope?.many && scope.exact && columns.length === 0 && !roles && !group
        ? boundedTotal(fewPeople + 1, fewPeople)
        : null,
    configuration: configurationCondition(filters),
  };
}

type Wanted = {
  view: SQL;
  columns: SQL[];
  way: PeopleSet | SQL | null;
  group: PeopleSet | null;
  scope: Scope | null;
};

/**
 * Left to itself the planner reads all of `users` for the members of some groups. So the smallest set is looked up,
 * and the rest is asked of each of them; only where all are many it may choose.
 */
async function armOf(ctx: Ctx, { view, columns, way, group, scope }: Wanted): Promise<Arm> {
  const where = [view, ...columns, ...(way instanceof SQL ? [way] : [])];
  const sets = [...(way && !(way instanceof SQL) ? [way] : []), ...(group ? [group] : [])];
  const all = (more: SQL[]) => sql.join([...where, ...more], sql` and `);
  const asked = (people: PeopleSet[]) => [...people, ...(scope ? [scope] : [])].map(probeOf);
  const from = (start: PeopleSet | null): Arm => ({
    start,
    where: all([...asked(sets.filter((set) => set !== start)), ...(start?.also ? [start.also] : [])]),
  });
  const [only] = sets;
  if ((!scope || scope.many) && !only) return from(null);

  const narrowed = where.length > 1;
  const others = { start: null, rows: sql`select 1 from users where ${all([])}` };
  const candidates = [...(narrowed ? [others] : []), ...sets.map((start) => ({ start, rows: start.rows }))];
  for (const bound of scope && !scope.many ? [handful] : [handful, fewPeople]) {
    const sizes = await sizesOf(
      ctx,
      candidates.map(({ rows }) => rows),
      bound,
    );
    const size = Math.min(...sizes);
    const fewest = candidates[sizes.indexOf(size)];
    if (fewest && size <= bound) return from(fewest.start);
  }
  if (scope && !scope.many) return { start: scope, where: all(sets.map(probeOf)) };
  if (only && sets.length === 1 && !narrowed) return { ...from(only), many: true };
  const joined = sets.map(({ rows, also }) =>
    also ? sql`users.id in (${rows}) and ${also}` : sql`users.id in (${rows})`,
  );
  return { start: null, where: all(joined) };
}

/** The people in sight of somebody who sees only some; null for actors who see everyone. Many are not looked up, but asked of each row. */
async function scopeOf(ctx: Ctx, view: UserFilters["view"]): Promise<Scope | null> {
  const present = view !== "archived";
  const rows = reachedBy(ctx, "user.read", { present });
  if (rows === "everyone") return null;
  const [size = 0] = await sizesInSight(ctx, [{ rows, present }]);
  const many = size > fewPeople;
  const probe = many ? reaches(ctx, "user.read", sql`users.id`) : sql`users.id in (${rows})`;
  const exact = !scopesOf(ctx.actor.access, "user.read").has("owned_groups");
  return { rows, probe, distinct: true, also: null, many, exact };
}

/** Whether the actor sees only some people. */
export const isScoped = ({ actor }: Ctx) => !scopesOf(actor.access, "user.read").has("all");

function columnConditions(filters: UserFilters, ctx: Ctx): SQL[] {
  const at = ctx.now();
  const now = sql`${at.toISOString()}::timestamptz`;
  const found: SQL[] = [];
  const search = searchCondition(filters.q);
  if (search) found.push(search);
  if (filters.status.length > 0) found.push(either(filters.status.map((status) => statusCondition(status, at))));
  const configuration = configurationCondition(filters);
  if (configuration) found.push(configuration);
  if (filters.manager.length > 0)
    found.push(
      sql`users.manager_id = any(${idArray(filters.manager)}) and ${inSightOrSelf(ctx, sql`users.manager_id`)}`,
    );
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

const configurationCondition = ({ configuration }: UserFilters): SQL | null =>
  configuration.length > 0 ? sql`users.configuration = any(${textArray(configuration)})` : null;

const either = (conditions: SQL[]) => sql`(${sql.join(conditions, sql` or `)})`;

const textArray = (values: string[]) =>
  sql`array[${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )}]::text[]`;
