import type { SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { momentKey, type Place, readPlace, walkFrom } from "@/lib/list";
import type { SessionFilters, SessionTab } from "@/lib/sessions/filters";

/** Null for a cursor of another tab or another search. */
export const placeIn = (tab: SessionTab, filters: SessionFilters): Place | null =>
  readPlace(["sessions", tab, filters.q], [momentKey], filters);

/** The filters of an address, without a cursor that belongs to others: a page asks before it lists. */
export function fitting(tab: SessionTab, asked: SessionFilters): { filters: SessionFilters; fits: boolean } {
  return placeIn(tab, asked) ? { filters: asked, fits: true } : { filters: { q: asked.q }, fits: false };
}

/** Each tab begins with its latest moment. */
export const latestFirst = (place: Place, column: SQL | AnyPgColumn, id: AnyPgColumn) =>
  walkFrom(place, { column, id, type: "timestamptz", descending: true });

export const momentOf = ({ id, key }: { id: string; key: string }) => ({ id, keys: [key] });
