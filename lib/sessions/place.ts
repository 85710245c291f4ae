import type { SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { fittingIn, momentKey, type Place, readPlace, walkFrom } from "@/lib/list";
import type { Params } from "@/lib/query";
import { readSessionFilters, type SessionFilters } from "@/lib/sessions/filters";
import type { SessionTab } from "@/lib/sessions/paths";

/** Null for a cursor of another tab or another search. */
export const placeIn = (tab: SessionTab, filters: SessionFilters): Place | null =>
  readPlace(["sessions", tab, filters.q], [momentKey], filters);

export type AskedList = { filters: SessionFilters; fits: boolean; ignored: string[] };

/** What an address asks of one tab; see `fittingIn`. */
export function readList(tab: SessionTab, params: Params): AskedList {
  const { filters, ignored } = readSessionFilters(params);
  return { ...fittingIn(filters, placeIn(tab, filters)), ignored };
}

/** Each tab begins with its latest moment. */
export const latestFirst = (place: Place, column: SQL | AnyPgColumn, id: AnyPgColumn) =>
  walkFrom(place, { column, id, type: "timestamptz", descending: true });

export const momentOf = ({ id, key }: { id: string; key: string }) => ({ id, keys: [key] });
