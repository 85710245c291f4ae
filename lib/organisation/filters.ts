import { z } from "zod";
import { cursors, searched } from "@/lib/lists/read-search-params";
import type { Params } from "@/lib/lists/search-params";
import { isId } from "@/lib/normalization/id";
import { none, top } from "@/lib/organisation/address";
import { uuid } from "@/lib/platform/uuid";

/** The address of the chart as one schema: which view, which branches are open, how far each goes, who is shown. */
export const chartViews = ["chart", "unplaced", "left"] as const;
export type ChartView = (typeof chartViews)[number];

/** People under one parent that come at once, and that the chart shows at most. */
export const branchStep = 50;
export const branchMost = 500;
/** Branches that may be open at once: the address has to stay an address. */
export const openMost = 60;

const schema = z.object({
  view: z.enum(chartViews).catch("chart"),
  q: searched.catch(""),
  show: uuid().nullable().catch(null),
  /** Null: nobody has opened or closed anything yet. */
  open: z.array(z.string()).nullable(),
  /** Branches to continue, once for each further step. */
  more: z.array(z.string()),
  after: cursors.after.catch(undefined),
  before: cursors.before.catch(undefined),
});

export type ChartFilters = z.output<typeof schema>;

const first = (value: Params[string]) => (Array.isArray(value) ? value[0] : value);

/** What it does not understand is left out. A branch is under `more` once for each step, so this is no set of filters. */
export function readChartFilters(params: Params): ChartFilters {
  const ids = (name: string, also: string) =>
    [params[name] ?? []].flat().flatMap((value) => {
      if (isId(value)) return [value.toLowerCase()];
      return value === also ? [value] : [];
    });
  const open = params.open === undefined ? null : ids("open", none).filter((id) => id !== none);
  return schema.parse({
    view: first(params.view),
    q: first(params.q),
    show: first(params.show) ?? null,
    open: open && [...new Set(open)].slice(0, openMost),
    more: ids("more", top).slice(0, 200),
    after: first(params.after),
    before: first(params.before),
  });
}

/** How many people are asked for under this parent. */
export function wantedUnder(filters: Pick<ChartFilters, "more">, parentId: string): number {
  const steps = 1 + filters.more.filter((id) => id === parentId).length;
  return Math.min(branchMost, steps * branchStep);
}
