import { z } from "zod";
import { sortOf } from "@/lib/lists/search-params";
import { liveStatuses, type UserFilters } from "@/lib/users/filters";
import { sortKeys } from "@/lib/users/list/sorts";

/** A status that leads a cursor of the list by status. */
export const sortsByStatus = (filters: UserFilters) => filters.view === "active" && sortOf(filters).by === "status";

/** What a cursor may contain. */
export function cursorKeys(filters: UserFilters): z.ZodType[] {
  const keys = sortKeys[sortOf(filters).by].map(({ shape }) => shape);
  return sortsByStatus(filters) ? [z.enum(liveStatuses), ...keys] : keys;
}
