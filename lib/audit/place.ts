import { z } from "zod";
import { type AuditFilters, toPairs } from "@/lib/audit/filters";
import { type Cursor, decodeCursor, encodeCursor, type Page, pageSize, signOf } from "@/lib/list";

/** Where in the log a page is asked for: beyond an event, towards older ones or newer ones, or at the newest. */
export type Place = { sign: string; cursor: Cursor | null; backwards: boolean };

/** `at` as PostgreSQL writes it, to the microsecond. */
export type EventKey = { at: string; id: string };

const at = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/);

/** Null when the address carries a cursor that does not fit its own filters. */
export function readPlace(filters: AuditFilters): Place | null {
  const sign = signOf(["events", ...toPairs(filters)]);
  const text = filters.after ?? filters.before;
  if (text === undefined) return { sign, cursor: null, backwards: false };
  const cursor = decodeCursor(sign, text);
  if (!cursor || (filters.after && filters.before)) return null;
  if (cursor.keys.length !== 1 || !at.safeParse(cursor.keys[0]).success) return null;
  return { sign, cursor, backwards: filters.after === undefined };
}

export const cursorOf = ({ at, id }: EventKey, place: number): Cursor => ({ keys: [at], id, place });

/** Where the rows stand in the whole list, and the cursors to both sides of them. */
export function around(
  { sign, cursor, backwards }: Place,
  rows: EventKey[],
  more: boolean,
): Pick<Page<never>, "from" | "previous" | "next"> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return { from: 0, previous: null, next: null };
  const at = cursor?.place ?? 0;
  const from = backwards ? (more ? Math.max(1, at - pageSize) : 1) : at + 1;
  return {
    from,
    previous: (backwards ? more : cursor !== null) ? encodeCursor(sign, cursorOf(first, from)) : null,
    next: (backwards ? true : more) ? encodeCursor(sign, cursorOf(last, from + rows.length - 1)) : null,
  };
}

/** The filters of an address, without a cursor that belongs to others: a page asks before it lists. */
export function fitting(asked: AuditFilters): { filters: AuditFilters; fits: boolean } {
  if (readPlace(asked)) return { filters: asked, fits: true };
  return { filters: { ...asked, after: undefined, before: undefined }, fits: false };
}
