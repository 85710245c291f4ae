import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Tx } from "@/db/client";
import type { Reads } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { pageSize } from "@/lib/lists/page-size";
import { uuid } from "@/lib/platform/uuid";
import { isDay } from "@/lib/time/calendar";

/**
 * Every list is paged by key, never by offset: a page costs the same at the first and at the millionth row. Totals are exact up to here; nothing is ever
 * counted to its end on the way to a page.
 */
export const exactUpTo = 10_000;

/** `about`: the planner's estimate. `over`: more than `value`, and nobody counted further. */
export type Total = { value: number; kind: "exact" | "about" | "over" };

/** What a count says that stopped one beyond its bound. */
export const boundedTotal = (counted: number, bound = exactUpTo): Total =>
  counted > bound ? { value: bound, kind: "over" } : { value: counted, kind: "exact" };

/** Three figures are as many as an estimate of PostgreSQL deserves. */
export function aboutTotal(estimate: number, figures = 3): Total {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(estimate, 1))) - figures + 1);
  return { value: Math.round(estimate / step) * step, kind: "about" };
}

/** Counts what `from` names, a `from` clause with its conditions, up to 10,000 and no further. */
export async function countOf({ db }: { db: Reads | Tx }, from: SQL): Promise<Total> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(sql`(select 1 from ${from} limit ${sql.raw(String(exactUpTo + 1))}) counted`);
  return boundedTotal(row?.count ?? 0);
}

export type Page<T> = {
  rows: T[];
  total: Total;
  /** Place of the first row in the whole list, counted from 1; 0 when there is none. */
  from: number;
  /** Cursors for `before` and `after`. */
  previous: string | null;
  next: string | null;
};

/** Where a page begins: the sort keys and id of a row beside it, and that row's place in the list. */
export type Cursor = { keys: string[]; id: string; place: number };

/** The cursors of an address: the page after one, or the one before. */
export type Cursors = { after?: string | undefined; before?: string | undefined };

/** Where a page is asked for: beyond a cursor, forwards or backwards, or at the beginning of the list; and of how many rows at most. */
export type Place = { sign: string; cursor: Cursor | null; backwards: boolean; limit: number };

/** A moment among the keys of a cursor, as PostgreSQL writes it, to the microsecond. */
export const momentKey = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?\+00$/)
  .refine((text) => isDay(text.slice(0, 10)));

/** PostgreSQL keeps no text with a null character, and refuses to compare one. */
const key = z
  .string()
  .max(400)
  .refine((text) => !text.includes("\0"));

const cursorShape = z.tuple([z.string(), z.array(key).max(4), uuid(), z.number().int().min(0)]);

/**
 * The place that an address asks for. `meaning`: the list with what it is sorted and filtered by; `keys`: the shapes of
 * its sort keys. Null for a cursor that is torn or fits another list, another sort or other filters.
 */
export function readPlace(
  meaning: unknown,
  keys: z.ZodType[],
  { after, before }: Cursors,
  limit = pageSize,
): Place | null {
  const sign = signOf(meaning);
  const text = after ?? before;
  if (text === undefined) return { sign, cursor: null, backwards: false, limit };
  const cursor = decodeCursor(sign, text);
  if (!cursor || (after && before) || cursor.keys.length !== keys.length) return null;
  const fits = keys.every((shape, index) => shape.safeParse(cursor.keys[index]).success);
  return fits ? { sign, cursor, backwards: after === undefined, limit } : null;
}

/** The filters of an address, without a cursor that belongs to others: a page asks before it lists. */
export function fittingIn<F extends Cursors>(asked: F, place: Place | null): { filters: F; fits: boolean } {
  if (place) return { filters: asked, fits: true };
  return { filters: { ...asked, after: undefined, before: undefined }, fits: false };
}

type Walk = {
  /** The one sort key, and the id that makes it unique. */
  column: SQL | AnyPgColumn;
  id: SQL | AnyPgColumn;
  /** What the key of a cursor is cast to, as SQL. */
  type: string;
  descending?: boolean;
};

/** How a query walks on from a place: what lies beyond it, in which order, and one row more than a page. */
export function walkFrom({ cursor, backwards, limit }: Place, { column, id, type, descending = false }: Walk) {
  const down = descending !== backwards;
  const way = sql.raw(down ? "desc" : "asc");
  const beyond = cursor
    ? sql`(${column}, ${id}) ${sql.raw(down ? "<" : ">")} (${cursor.keys[0]}::${sql.raw(type)}, ${cursor.id}::uuid)`
    : undefined;
  return { beyond, order: sql`${column} ${way}, ${id} ${way}`, limit: limit + 1, key: sql<string>`${column}::text` };
}

/** One page, without its total, of what a query for one row more than a page found; in the order of the list. */
export function pageOf<Row>(
  { sign, cursor, backwards, limit }: Place,
  found: Row[],
  keyOf: (row: Row) => Pick<Cursor, "keys" | "id">,
): Omit<Page<Row>, "total"> {
  const more = found.length > limit;
  const shown = found.slice(0, limit);
  const rows = backwards ? shown.toReversed() : shown;
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return { rows, from: 0, previous: null, next: null };
  const at = cursor?.place ?? 0;
  const from = backwards ? (more ? Math.max(1, at - rows.length) : 1) : at + 1;
  const cursorTo = (row: Row, place: number) => encodeCursor(sign, { ...keyOf(row), place });
  return {
    rows,
    from,
    previous: (backwards ? more : cursor !== null) ? cursorTo(first, from) : null,
    next: backwards || more ? cursorTo(last, from + rows.length - 1) : null,
  };
}

const signOf = (meaning: unknown): string =>
  createHash("sha256").update(JSON.stringify(meaning)).digest("base64url").slice(0, 16);

/** For a page whose rows a bounded search found; every other one goes through pageOf. */
export function encodeCursor(sign: string, { keys, id, place }: Cursor): string {
  return Buffer.from(JSON.stringify([sign, keys, id, place])).toString("base64url");
}

function decodeCursor(sign: string, text: string): Cursor | null {
  const shape = cursorShape.safeParse(parse(text));
  if (!shape.success || shape.data[0] !== sign) return null;
  const [, keys, id, place] = shape.data;
  return { keys, id, place };
}

export const foreignCursor = () =>
  new AppError("invalid", "This page belongs to another sort order or other filters. Start at the first page.");

/** Null unless it decodes to exactly what was given: the decoder ignores letters outside its alphabet. */
function parse(text: string): unknown {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.toString("base64url") !== text) return null;
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
