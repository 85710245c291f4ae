import { z } from "zod";
import { type Place, readPlace } from "@/lib/lists/pagination";
import { sortOf } from "@/lib/lists/search-params";
import { liveStatuses, toPairs, type UserFilters } from "@/lib/users/filters";
import { sortKeys } from "./sorts";

/** A status that leads a cursor of the list by status. */
export const sortsByStatus = (filters: UserFilters) => filters.view === "active" && sortOf(filters).by === "status";

/** Null when the address carries a cursor that does not fit its own sort and filters. */
export function placeIn(filters: UserFilters): Place | null {
  const keys = sortKeys[sortOf(filters).by].map(({ shape }) => shape);
  const meaning = toPairs(filters).concat([["sort", filters.sort]]);
  return readPlace(meaning, sortsByStatus(filters) ? [z.enum(liveStatuses), ...keys] : keys, filters);
}
