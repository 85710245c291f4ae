import { type AuditFilters, toPairs } from "@/lib/audit/filters";
import { fittingIn, momentKey, type Place, readPlace } from "@/lib/lists/pagination";

/** Null when the address carries a cursor that does not fit its own filters. */
export const placeIn = (filters: AuditFilters): Place | null =>
  readPlace(["events", ...toPairs(filters)], [momentKey], filters);

/** See `fittingIn`. */
export const fitting = (asked: AuditFilters) => fittingIn(asked, placeIn(asked));
