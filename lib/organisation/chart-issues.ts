import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { ShownStatus, UserStatus } from "@/db/enums";
import { atMost, kept } from "@/db/kept";
import { leads } from "@/db/places";
import { users } from "@/db/schema";
import { hasLeft, statusAt, statusCondition } from "@/lib/authz/account-status";
import { mayActOn } from "@/lib/authz/evaluate";
import { profilesOf } from "@/lib/authz/load";
import { reachedBy, within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { pageSize } from "@/lib/lists/page-size";
import {
  boundedTotal,
  type Cursors,
  fittingIn,
  foreignCursor,
  type Page,
  type Place,
  pageOf,
  readPlace,
  type Total,
} from "@/lib/lists/pagination";
import { fullName } from "@/lib/normalization/names";
import { countUpTo } from "@/lib/organisation/sight";
import { pictureAddress } from "@/lib/platform/picture-address";

/** What is wrong in the chart. */
export type ChartIssue = "unplaced" | "left";

export type PersonAtFault = {
  id: string;
  name: string;
  picture: string | undefined;
  username: string;
  role: string;
  status: ShownStatus;
  /** Whose manager has left: who that is, by name where the actor may see them. */
  manager: { name: string; status: ShownStatus } | null;
  /** Whether the actor may choose another one. */
  mayEdit: boolean;
};

const person = alias(users, "person");

/**
 * `unplaced`: present, without a manager and without anybody below them, so at no place in the chart; who leads
 * somebody and has no manager is at the top and is no fault. `left`: under somebody who is archived or disabled, or
 * whose access has ended.
 */
function faulty(ctx: Ctx, issue: ChartIssue): SQL {
  const inSight = within(ctx, "user.read", person.id);
  const seesEveryone = reachedBy(ctx, "user.read") === "everyone";
  if (issue === "unplaced")
    return sql`select person.id, person.name_key from users person
      where person.manager_id is null and person.status <> 'archived' and not ${leads(sql`person.id`)} and ${inSight}`;
  // Of everybody, those below are looked up for one who has left after another, so that a count ends at its bound.
  const under = (gone: SQL) =>
    seesEveryone
      ? sql`select person.* from (select users.id from users where ${gone} offset 0) users cross join lateral (
          select person.id, person.name_key from users person
           where person.manager_id = users.id and person.status <> 'archived' offset 0) person`
      : sql`select person.id, person.name_key from users join users person on person.manager_id = users.id
          where ${gone} and person.status <> 'archived' and ${inSight}`;
  return sql`${under(sql`users.status = 'archived'`)} union all ${under(statusCondition("disabled", ctx.now()))}`;
}

const counted = (ctx: Ctx, issue: ChartIssue) =>
  sql<number>`(select count(*)::int from (${faulty(ctx, issue)} limit ${sql.raw(String(countUpTo + 1))}) counted)`;

/** How many there are of each, counted as far as the chart counts. */
export async function countChartIssues(ctx: Ctx): Promise<Record<ChartIssue, Total>> {
  const [row] = await kept(
    ctx.db.select({ unplaced: counted(ctx, "unplaced"), left: counted(ctx, "left") }).from(sql`(select 1) one`),
  );
  return { unplaced: boundedTotal(row?.unplaced ?? 0, countUpTo), left: boundedTotal(row?.left ?? 0, countUpTo) };
}

/** People looked at in the order of their names before all who are under somebody who has left are sorted. */
const mostWalked = 5_000;

/** The names of the first whose manager has left, and how many there are. Of many, the first are soon met by name. */
export async function firstLeft(ctx: Ctx, most: number): Promise<{ names: string[]; total: Total }> {
  const [row] = await kept(ctx.db.select({ count: counted(ctx, "left") }).from(sql`(select 1) one`));
  const total = boundedTotal(row?.count ?? 0, countUpTo);
  if (total.value === 0) return { names: [], total };
  const walked = total.kind === "over" ? await firstOf(ctx, walkedLeft(ctx), most) : [];
  const rows = walked.length < most ? await firstOf(ctx, faulty(ctx, "left"), most) : walked;
  return { names: rows.map(fullName), total };
}

const firstOf = (ctx: Ctx, found: SQL, most: number) =>
  kept(
    ctx.db
      .select({ firstName: sql<string>`p.first_name`, lastName: sql<string>`p.last_name` })
      .from(
        sql`(select * from (${found}) found order by name_key, id limit ${atMost(most)}) f join users p on p.id = f.id`,
      )
      .orderBy(sql`f.name_key, f.id`),
  );

const walkedLeft = (ctx: Ctx): SQL => sql`select person.id, person.name_key
  from (select id, name_key, manager_id from users where status <> 'archived'
         order by name_key, id limit ${sql.raw(String(mostWalked))}) person
 cross join lateral (select 1 from users where users.id = person.manager_id and ${hasLeft(ctx.now())} offset 0) manager
 where ${within(ctx, "user.read", person.id)}`;

const placeIn = (issue: ChartIssue, asked: Cursors): Place | null =>
  readPlace(["organisation", issue], [z.string()], asked);

/** See `fittingIn`. */
export const fitting = <F extends Cursors>(issue: ChartIssue, asked: F) => fittingIn(asked, placeIn(issue, asked));

/** One page of them by name. Throws `invalid` for a cursor of another list. */
export async function listChartIssues(
  ctx: Ctx,
  issue: ChartIssue,
  asked: Cursors,
  total: Total,
): Promise<Page<PersonAtFault>> {
  const place = placeIn(issue, asked);
  if (!place) throw foreignCursor();
  const found = await window(ctx, issue, place);
  const page = pageOf(place, found, ({ key, person }) => ({ keys: [key], id: person.id }));
  const editable = await editableOf(
    ctx,
    page.rows.map(({ person }) => person),
  );
  const rows = page.rows.map(({ person: { reached: _, accessEndsAt: __, ...person } }) => ({
    ...person,
    mayEdit: editable.has(person.id),
  }));
  return { ...page, total, rows };
}

type Reached = { id: string; name: string; reached: boolean; accessEndsAt: Date | null };

/** Those whom the actor may edit, for a page in one look: scope first, then R13. */
async function editableOf(ctx: Ctx, people: Reached[]): Promise<Set<string>> {
  const inReach = people.filter(({ reached }) => reached);
  const ids = inReach.map(({ id }) => id);
  const { actor } = ctx;
  const profiles = await profilesOf(ctx.db, ids, ctx.now());
  const may = ({ id, name, accessEndsAt }: Reached) => {
    const theirs = { ...profiles.access(profiles.of.get(id) ?? ""), personId: id, endsAt: accessEndsAt };
    return mayActOn(actor.access, theirs, name).ok;
  };
  return new Set(inReach.filter(may).map(({ id }) => id));
}

type Standing = {
  first_name: string;
  last_name: string;
  status: UserStatus;
  status_before_disable: UserStatus | null;
  disabled_until: string | null;
  access_ends_at: string | null;
  locked_at: string | null;
  locked_until: string | null;
};
type Row = Standing & {
  id: string;
  username: string;
  picture_tag: string | null;
  role: string;
  reached: boolean;
  manager: (Standing & { visible: boolean }) | null;
};

async function window(ctx: Ctx, issue: ChartIssue, { cursor, backwards }: Place) {
  const beyond = cursor
    ? sql`(f.name_key, f.id) ${sql.raw(backwards ? "<" : ">")} (${cursor.keys[0] ?? ""}, ${cursor.id}::uuid)`
    : sql`true`;
  const order = sql.raw(backwards ? "name_key desc, id desc" : "name_key, id");
  const manager = alias(users, "manager");
  const reached = alias(users, "p");
  const rows = await ctx.db
    .select({ key: sql<string>`t.name_key`, row: sql<Row>`t.row` })
    .from(sql`(select f.id, f.name_key, json_build_object(
        'id', p.id, 'username', p.username, 'picture_tag', p.picture_tag, 'role', r.name, 'first_name', p.first_name, 'last_name', p.last_name,
        'status', p.status, 'status_before_disable', p.status_before_disable, 'disabled_until', p.disabled_until, 'access_ends_at', p.access_ends_at,
        'locked_at', p.locked_at, 'locked_until', p.locked_until,
        'reached', ${within(ctx, "user.update", reached.id)},
        'manager', case when manager.id is null then null else json_build_object(
          'first_name', manager.first_name, 'last_name', manager.last_name, 'status', manager.status,
          'status_before_disable', manager.status_before_disable,
          'disabled_until', manager.disabled_until, 'access_ends_at', manager.access_ends_at,
          'locked_at', manager.locked_at, 'locked_until', manager.locked_until,
          'visible', ${within(ctx, "user.read", manager.id)}) end) as row
      from (select * from (${faulty(ctx, issue)}) f where ${beyond} order by ${order} limit ${pageSize + 1}) f
      join users p on p.id = f.id join roles r on r.id = p.primary_role_id
      left join users manager on manager.id = p.manager_id) t`)
    .orderBy(sql.raw(backwards ? "t.name_key desc, t.id desc" : "t.name_key, t.id"));
  return rows.map(({ key, row }) => ({ key, person: shownPerson(row, ctx.now()) }));
}

const momentOf = (text: string | null) => (text === null ? null : new Date(text));

const statusOf = (row: Standing, at: Date) =>
  statusAt(
    {
      status: row.status,
      statusBeforeDisable: row.status_before_disable,
      disabledUntil: momentOf(row.disabled_until),
      accessEndsAt: momentOf(row.access_ends_at),
      lockedAt: momentOf(row.locked_at),
      lockedUntil: momentOf(row.locked_until),
    },
    at,
  );

const nameOf = (row: Standing) => fullName({ firstName: row.first_name, lastName: row.last_name });

function shownPerson(row: Row, at: Date): Omit<PersonAtFault, "mayEdit"> & Reached {
  const { manager } = row;
  return {
    id: row.id,
    name: nameOf(row),
    picture: pictureAddress(row.id, row.picture_tag),
    username: row.username,
    role: row.role,
    status: statusOf(row, at),
    reached: row.reached,
    accessEndsAt: momentOf(row.access_ends_at),
    manager: manager && {
      name: manager.visible ? nameOf(manager) : "Somebody outside your view",
      status: statusOf(manager, at),
    },
  };
}
