import { type Cursor, decodeCursor, signOf } from "@/lib/list";
import { liveStatuses, sortOf, toPairs, type UserFilters } from "@/lib/users/filters";
import { sortKeys } from "./sorts";

/** Where in the list a page is asked for: beyond a cursor, forwards or backwards, or at the beginning. */
export type Place = { sign: string; cursor: Cursor | null; backwards: boolean };

/** A status that leads a cursor of the list by status. */
export const sortsByStatus = (filters: UserFilters) => filters.view === "active" && sortOf(filters).by === "status";

/** Null when the address carries a cursor that does not fit its own sort and filters. */
export function readPlace(filters: UserFilters): Place | null {
  const sign = signOf(toPairs(filters).concat([["sort", filters.sort]]));
  const text = filters.after ?? filters.before;
  if (text === undefined) return { sign, cursor: null, backwards: false };
  const cursor = decodeCursor(sign, text);
  if (!cursor || (filters.after && filters.before) || !keysFit(filters, cursor.keys)) return null;
  return { sign, cursor, backwards: filters.after === undefined };
}

function keysFit(filters: UserFilters, given: string[]): boolean {
  const keys = sortsByStatus(filters) ? given.slice(1) : given;
  if (sortsByStatus(filters) && !(liveStatuses as readonly (string | undefined)[]).includes(given[0])) return false;
  const wanted = sortKeys[sortOf(filters).by];
  return keys.length === wanted.length && wanted.every(({ shape }, index) => shape.safeParse(keys[index]).success);
}
