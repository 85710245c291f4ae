import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Ctx } from "@/lib/context";
import {
  boundedTotal,
  type Cursor,
  decodeCursor,
  encodeCursor,
  exactUpTo,
  type Page,
  pageSize,
  signOf,
  type Total,
} from "@/lib/list";
import type { SessionFilters, SessionTab } from "@/lib/sessions/filters";

/** A place in a list that begins with the latest moment, and walks by it and the id. */
export type Place = { sign: string; cursor: Cursor | null; backwards: boolean };

const moment = z.string().regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/);

/** Null for a cursor of another list or another search. */
export function readPlace(tab: SessionTab, { q, after, before }: SessionFilters): Place | null {
  const sign = signOf(["sessions", tab, q]);
  const text = after ?? before;
  if (text === undefined) return { sign, cursor: null, backwards: false };
  const cursor = decodeCursor(sign, text);
  const fits = cursor?.keys.length === 1 && moment.safeParse(cursor.keys[0]).success && !(after && before);
  return fits ? { sign, cursor, backwards: after === undefined } : null;
}

/** How a query walks on from a place: what lies beyond it, in which order, and one row more than a page. */
export function walkFrom({ cursor, backwards }: Place, column: SQL | AnyPgColumn, id: AnyPgColumn) {
  const way = sql.raw(backwards ? "asc" : "desc");
  const beyond = cursor
    ? sql`(${column}, ${id}) ${sql.raw(backwards ? ">" : "<")} (${cursor.keys[0]}::timestamptz, ${cursor.id}::uuid)`
    : undefined;
  return { beyond, order: sql`${column} ${way}, ${id} ${way}`, limit: pageSize + 1, key: sql<string>`${column}::text` };
}

/** One page of what a walk found, in the order of the list. */
export function pageOf<R extends { id: string; key: string }>(place: Place, found: R[], total: Total): Page<R> {
  const more = found.length > pageSize;
  const shown = found.slice(0, pageSize);
  const rows = place.backwards ? shown.toReversed() : shown;
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return { rows, total, from: 0, previous: null, next: null };
  const at = place.cursor?.place ?? 0;
  const from = place.backwards ? (more ? Math.max(1, at - rows.length) : 1) : at + 1;
  const to = ({ id, key }: R, rank: number) => encodeCursor(place.sign, { keys: [key], id, place: rank });
  return {
    rows,
    total,
    from,
    previous: (place.backwards ? more : place.cursor !== null) ? to(first, from) : null,
    next: place.backwards || more ? to(last, from + rows.length - 1) : null,
  };
}

/** Counts `from` to 10,000 at most. */
export async function countOf(ctx: Ctx, from: SQL): Promise<Total> {
  const [row] = await ctx.db
    .select({ count: sql<number>`count(*)::int` })
    .from(sql`(select 1 from ${from} limit ${sql.raw(String(exactUpTo + 1))}) counted`);
  return boundedTotal(row?.count ?? 0);
}
