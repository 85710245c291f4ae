import { type AuditFilters, toPairs } from "@/lib/audit/filters";
import { momentKey, type Place, readPlace } from "@/lib/list";

/** Null when the address carries a cursor that does not fit its own filters. */
export const placeIn = (filters: AuditFilters): Place | null =>
  readPlace(["events", ...toPairs(filters)], [momentKey], filters);

/** The filters of an address, without a cursor that belongs to others: a page asks before it lists. */
export function fitting(asked: AuditFilters): { filters: AuditFilters; fits: boolean } {
  if (placeIn(asked)) return { filters: asked, fits: true };
  return { filters: { ...asked, after: undefined, before: undefined }, fits: false };
}
