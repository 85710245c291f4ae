import { and, inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { groups } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import {
  boundedTotal,
  type Cursor,
  decodeCursor,
  encodeCursor,
  exactUpTo,
  foreignCursor,
  type Page,
  pageSize,
  signOf,
} from "@/lib/list";
import { foldName } from "@/lib/users/names";
import { type GroupFilters, sortOf, toPairs } from "./filters";
import { type GroupDetails, groupDetails } from "./rows";
import { groupsWithin } from "./scoped";

export type ListedGroup = GroupDetails & { id: string; name: string; description: string; createdAt: Date };

/**
 * One page of the groups that the actor may see and that match (R5, R11). Throws `invalid` for a cursor that does not
 * fit its sort and filters.
 */
export async function listGroups(ctx: Ctx, filters: GroupFilters): Promise<Page<ListedGroup>> {
  const place = readPlace(filters);
  if (!place) throw foreignCursor();
  const where = and(groupsWithin(ctx, "group.read"), ...matching(ctx, filters));
  const [found, total] = await Promise.all([findRows(ctx, filters, where, place), countWhere(ctx, where)]);
  const shown = found.slice(0, pageSize);
  const ordered = place.backwards ? shown.toReversed() : shown;
  const details = await groupDetails(
    ctx,
    ordered.map(({ id }) => id),
  );
  const rows = ordered.map(({ id, name, description, createdAt }) => {
    const more = details.get(id) ?? { owner: null, roles: [], members: boundedTotal(0) };
    return { id, name, description, createdAt, ...more };
  });
  return { rows, total: boundedTotal(total), ...around(place, ordered, found.length > pageSize) };
}

/** How many groups the actor may see at all. */
export const countGroups = async (ctx: Ctx) => boundedTotal(await countWhere(ctx, groupsWithin(ctx, "group.read")));

/** Whether the address's cursor belongs to its sort and filters: a page asks before it lists. */
export const cursorFits = (filters: GroupFilters): boolean => readPlace(filters) !== null;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Part of the name or of the description, or a pasted id. */
export function searchCondition(q: string): SQL | undefined {
  if (uuid.test(q)) return sql`groups.id = ${q.toLowerCase()}`;
  const text = foldName(q);
  if (!text) return undefined;
  return sql`(position(${text} in groups.name_key) > 0
    or position(${text} in lower(groups.description collate "und-x-icu")) > 0)`;
}

function matching(ctx: Ctx, { q, owner, role }: GroupFilters): (SQL | undefined)[] {
  const carries = sql`groups.id in (select gr.group_id from group_roles gr where gr.role_id in ${role}
    and (gr.ends_at is null or gr.ends_at > ${ctx.now().toISOString()}::timestamptz))`;
  return [
    searchCondition(q),
    owner.length > 0 ? inArray(groups.ownerId, owner) : undefined,
    role.length > 0 ? carries : undefined,
  ];
}

type Place = { sign: string; cursor: Cursor | null; backwards: boolean };

const keyShapes = {
  name: z.string(),
  createdAt: z.string().regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/),
};

function readPlace(filters: GroupFilters): Place | null {
  const sign = signOf(["groups", ...toPairs(filters)]);
  const text = filters.after ?? filters.before;
  if (text === undefined) return { sign, cursor: null, backwards: false };
  const cursor = decodeCursor(sign, text);
  if (!cursor || (filters.after && filters.before)) return null;
  if (cursor.keys.length !== 1 || !keyShapes[sortOf(filters).by].safeParse(cursor.keys[0]).success) return null;
  return { sign, cursor, backwards: filters.after === undefined };
}

type FoundRow = { id: string; name: string; description: string; createdAt: Date; key: string };

function findRows(ctx: Ctx, filters: GroupFilters, where: SQL | undefined, { cursor, backwards }: Place) {
  const { by, descending } = sortOf(filters);
  const column = by === "name" ? sql`groups.name_key` : sql`groups.created_at`;
  const type = sql.raw(by === "name" ? 'text collate "und-x-icu"' : "timestamptz");
  const down = descending !== backwards;
  const beyond = cursor
    ? sql`(${column}, groups.id) ${sql.raw(down ? "<" : ">")} (${cursor.keys[0]}::${type}, ${cursor.id}::uuid)`
    : undefined;
  const way = sql.raw(down ? "desc" : "asc");
  return ctx.db
    .select({
      id: groups.id,
      name: groups.name,
      description: groups.description,
      createdAt: groups.createdAt,
      key: sql<string>`${column}::text`,
    })
    .from(groups)
    .where(and(where, beyond))
    .orderBy(sql`${column} ${way}, groups.id ${way}`)
    .limit(pageSize + 1);
}

async function countWhere(ctx: Ctx, where: SQL | undefined): Promise<number> {
  const [row] = await ctx.db
    .select({ counted: sql<number>`count(*)::int` })
    .from(sql`(select 1 from groups where ${where} limit ${sql.raw(String(exactUpTo + 1))}) bounded`);
  return row?.counted ?? 0;
}

function around({ sign, cursor, backwards }: Place, rows: FoundRow[], more: boolean) {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return { from: 0, previous: null, next: null };
  const at = cursor?.place ?? 0;
  const from = backwards ? (more ? Math.max(1, at - rows.length) : 1) : at + 1;
  const cursorTo = (row: FoundRow, place: number) => encodeCursor(sign, { keys: [row.key], id: row.id, place });
  return {
    from,
    previous: (backwards ? more : cursor !== null) ? cursorTo(first, from) : null,
    next: (backwards ? true : more) ? cursorTo(last, from + rows.length - 1) : null,
  };
}
