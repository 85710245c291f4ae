import { eq, sql } from "drizzle-orm";
import type { ShownStatus } from "@/db/enums";
import { idArray } from "@/db/ids";
import { atMost, kept } from "@/db/kept";
import { leads } from "@/db/places";
import { roles, users } from "@/db/schema";
import { standingColumns, statusAt } from "@/lib/authz/account-status";
import type { Ctx } from "@/lib/context";
import { boundedTotal, type Total } from "@/lib/lists/pagination";
import { fullName } from "@/lib/normalization/names";
import { top } from "@/lib/organisation/address";
import { branchMost, type ChartFilters, openMost, wantedUnder } from "@/lib/organisation/filters";
import { pathTo } from "@/lib/organisation/path";
import { charted, countBelow, counted, countUpTo, type Sight, sightOf } from "@/lib/organisation/sight";
import { pictureAddress } from "@/lib/platform/picture-address";

/** With no more than this at the top, their branches are open from the start. */
const fewAtTop = 5;

export type ChartPerson = {
  kind: "person";
  id: string;
  parentId: string | null;
  level: number;
  /** Place among its siblings, counted from 1, and how many there are; -1 where nobody counted. */
  position: number;
  siblings: number;
  name: string;
  picture: string | undefined;
  role: string;
  status: ShownStatus;
  direct: Total;
  below: Total;
  /** Null for somebody without reports. */
  expanded: boolean | null;
  href: string;
};

/** Comes after the people of a branch that continues. */
export type ChartMore = {
  kind: "more";
  parentId: string | null;
  parentName: string | null;
  level: number;
  shown: number;
  siblings: number;
  /** The chart shows no more of this branch; the list of users does. */
  full: boolean;
};

export type ChartRow = ChartPerson | ChartMore;

export type Chart = {
  rows: ChartRow[];
  /** The branches that are open, so that a change can be recognized. */
  open: string[];
  /** Who was asked for; null when nobody was, or when they are outside what the actor may see. */
  shown: string | null;
};

type Branch = { ids: string[]; more: boolean };

/** The chart of managers as far as it is opened, within what the actor may see. Each branch comes in bounded steps. */
export async function readChart(ctx: Ctx, filters: ChartFilters): Promise<Chart> {
  const sight = sightOf(ctx);
  const wanted = (parentId: string) => wantedUnder(filters, parentId);
  const [path, foundAtTop] = await Promise.all([
    filters.show ? pathTo(ctx, filters.show) : Promise.resolve<string[]>([]),
    topOf(ctx, sight, wanted(top)),
  ]);
  const atTop = branchOf(foundAtTop, wanted(top), path[0] ?? null);
  const opened = filters.open ?? (atTop.ids.length <= fewAtTop ? atTop.ids : []);
  const open = [...new Set([...path.slice(0, -1), ...opened])].slice(0, openMost);
  const branches = await branchesOf(
    ctx,
    sight,
    open.map((id) => ({ id, most: wanted(id), also: path.includes(id) ? (path[path.indexOf(id) + 1] ?? null) : null })),
  );
  const listed = reachable(atTop, branches);
  const people = await peopleOf(ctx, sight, listed);
  const rows = rowsOf(ctx, sight, { atTop, branches, people });
  const seen = new Set(listed);
  return { rows, open: open.filter((id) => seen.has(id)), shown: path.at(-1) ?? null };
}

/** At the top are people who lead somebody and have no manager; for viewers who see only some, all whose manager they do not see. */
function topOf(ctx: Ctx, sight: Sight, most: number): Promise<{ id: string }[]> {
  const condition = sight.everybody ? sql`u.manager_id is null and ${leads(sql`u.id`)}` : sql`u.id in (${sight.apart})`;
  return kept(
    ctx.db
      .select({ id: sql<string>`u.id` })
      .from(sql`users u`)
      .where(condition)
      .orderBy(sql`u.name_key, u.id`)
      .limit(atMost(most + 1)),
  );
}

type Asked = { id: string; most: number; also: string | null };

async function branchesOf(ctx: Ctx, sight: Sight, asked: Asked[]): Promise<Map<string, Branch>> {
  if (asked.length === 0) return new Map();
  const parents = idArray(asked.map(({ id }) => id));
  const mosts = sql`${`{${asked.map(({ most }) => most).join(",")}}`}::int[]`;
  const found = await kept(
    ctx.db
      .select({ parentId: sql<string>`t.parent_id`, id: sql<string>`t.id` })
      .from(sql`(select asked.parent_id, child.* from unnest(${parents}, ${mosts}) asked (parent_id, most) cross join lateral (
          select u.id, u.name_key from users u
           where u.manager_id = asked.parent_id and u.id <> asked.parent_id and ${charted("u")} and ${sight.sees(sql`u.id`)}
           order by u.name_key, u.id limit asked.most + 1) child) t`)
      .orderBy(sql`t.parent_id, t.name_key, t.id`),
  );
  return new Map(
    asked.map(({ id, most, also }) => [
      id,
      branchOf(
        found.filter(({ parentId }) => parentId === id),
        most,
        also,
      ),
    ]),
  );
}

/** The person asked for is part of their branch, however far down it they are. */
function branchOf(found: { id: string }[], most: number, also: string | null): Branch {
  const ids = found.slice(0, most).map(({ id }) => id);
  return { ids: also && !ids.includes(also) ? [...ids, also] : ids, more: found.length > most };
}

function reachable(atTop: Branch, branches: Map<string, Branch>): string[] {
  const seen = new Set<string>();
  const visit = (id: string) => {
    if (seen.has(id)) return;
    seen.add(id);
    branches.get(id)?.ids.forEach(visit);
  };
  atTop.ids.forEach(visit);
  return [...seen];
}

type Row = Awaited<ReturnType<typeof rowsFor>>[number];

const peopleOf = async (ctx: Ctx, sight: Sight, ids: string[]): Promise<Map<string, Row>> =>
  new Map(ids.length > 0 ? (await rowsFor(ctx, sight, ids)).map((row) => [row.id, row]) : []);

function rowsFor(ctx: Ctx, sight: Sight, ids: string[]) {
  const { id, firstName, lastName, pictureTag } = users;
  const direct = sql`select 1 from users d where d.manager_id = users.id and d.id <> users.id and ${charted("d")}
    and (${sight.seesBelow(sql`users.id`)} or ${sight.sees(sql`d.id`)})`;
  const below = sql<number>`case when ${sight.seesBelow(sql`users.id`)} then ${countBelow(sql`users.id`)}
    else least(coalesce(apart.below, 0), ${sql.raw(String(countUpTo + 1))}) end`;
  return kept(
    ctx.db
      .select({
        id,
        firstName,
        lastName,
        pictureTag,
        role: roles.name,
        standing: standingColumns,
        direct: sql<number>`${counted(direct)}`,
        below,
      })
      .from(users)
      .innerJoin(roles, eq(roles.id, users.primaryRoleId))
      .leftJoin(sql`(${sight.counts}) apart`, sql`apart.user_id = users.id`)
      .where(sql`users.id = any(${idArray(ids)})`),
  );
}

type Found = { atTop: Branch; branches: Map<string, Branch>; people: Map<string, Row> };

function rowsOf(ctx: Ctx, sight: Sight, { atTop, branches, people }: Found): ChartRow[] {
  const rows: ChartRow[] = [];
  const seen = new Set<string>();
  const me = ctx.actor.access.personId;
  const walk = ({ ids, more }: Branch, parent: Row | null, level: number) => {
    const shown = ids.filter((id) => people.has(id) && !seen.has(id));
    const known = parent && parent.direct <= countUpTo ? parent.direct : more ? -1 : shown.length;
    for (const [index, id] of shown.entries()) {
      const person = people.get(id)!;
      const branch = branches.get(id);
      seen.add(id);
      rows.push({
        kind: "person",
        id,
        parentId: parent?.id ?? null,
        level,
        position: index + 1,
        siblings: known,
        name: fullName(person),
        picture: pictureAddress(id, person.pictureTag),
        role: person.role,
        status: statusAt(person.standing, ctx.now()),
        direct: boundedTotal(person.direct, countUpTo),
        below: boundedTotal(person.below, countUpTo),
        expanded: person.direct > 0 ? branch !== undefined : null,
        href: id === me && !sight.everybody ? "/account" : `/admin/users/${id}`,
      });
      if (branch && person.direct > 0) walk(branch, person, level + 1);
    }
    if (more)
      rows.push({
        kind: "more",
        parentId: parent?.id ?? null,
        parentName: parent && fullName(parent),
        level,
        shown: shown.length,
        siblings: known,
        full: shown.length >= branchMost,
      });
  };
  walk(atTop, null, 1);
  return rows;
}
