import { given, type Pairs, withQuery } from "@/lib/lists/search-params";
import type { ChartFilters } from "@/lib/organisation/filters";

/** Names the top of the chart in place of a branch. */
export const top = "top";

/** Means that no branch is open. */
export const none = "none";

/** The query as pairs. */
export function toChartPairs({ view, q, show, open, more, after, before }: ChartFilters): Pairs {
  const branches = open && open.length === 0 ? [none] : (open ?? []);
  return given([
    ["view", view === "chart" ? null : view],
    ["q", q],
    ["show", show],
    ...branches.map((id): Pairs[number] => ["open", id]),
    ...more.map((id): Pairs[number] => ["more", id]),
    ["after", after],
    ["before", before],
  ]);
}

/** The address of the chart with something changed. A change begins at the first page unless it names a cursor. */
export const toChartHref = (filters: ChartFilters, change: Partial<ChartFilters> = {}) =>
  withQuery("/admin/organisation", toChartPairs({ ...filters, after: undefined, before: undefined, ...change }));
