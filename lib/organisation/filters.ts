import { z } from "zod";
import { anId, cursors, type Pairs, type Params, searched, withQuery } from "@/lib/address";

/** The address of the chart as one schema: which view, which branches are open, how far each goes, who is shown. */
export const chartViews = ["chart", "unplaced", "left"] as const;
export type ChartView = (typeof chartViews)[number];

/** People under one parent that come at once, and that the chart shows at most. */
export const branchStep = 50;
export const branchMost = 500;
/** Branches that may be open at once: the address has to stay an address. */
export const openMost = 60;

/** Stands for the top of the chart where a branch is named. */
export const top = "top";

const schema = z.object({
  view: z.enum(chartViews).catch("chart"),
  q: searched.catch(""),
  show: anId.nullable().catch(null),
  /** Null: nobody has opened or closed anything yet. */
  open: z.array(z.string()).nullable(),
  /** Branches that are to go on, once for each further step. */
  more: z.array(z.string()),
  after: cursors.after.catch(undefined),
  before: cursors.before.catch(undefined),
});

export type ChartFilters = z.output<typeof schema>;

const first = (value: Params[string]) => (Array.isArray(value) ? value[0] : value);

/** What it does not understand is left out. A branch stands under `more` once for each step, so this is no set of filters. */
export function readChartFilters(params: Params): ChartFilters {
  const ids = (name: string, also: string) =>
    [params[name] ?? []].flat().flatMap((value) => {
      const id = anId.safeParse(value);
      return id.success ? [id.data] : value === also ? [value] : [];
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

const none = "none";

/** The address of the chart with something changed. */
export function toChartHref(filters: ChartFilters, change: Partial<ChartFilters> = {}): string {
  const next = { ...filters, ...change };
  const open = next.open && next.open.length === 0 ? [none] : (next.open ?? []);
  const pairs: [name: string, value: string | null | undefined][] = [
    ["view", next.view === "chart" ? null : next.view],
    ["q", next.q],
    ["show", next.show],
    ...open.map((id): Pairs[number] => ["open", id]),
    ...next.more.map((id): Pairs[number] => ["more", id]),
    ["after", next.after],
    ["before", next.before],
  ];
  return withQuery(
    "/admin/organisation",
    pairs.filter((pair): pair is Pairs[number] => Boolean(pair[1])),
  );
}

/** How many people are wanted under this parent. */
export function wantedUnder(filters: Pick<ChartFilters, "more">, parentId: string): number {
  const steps = 1 + filters.more.filter((id) => id === parentId).length;
  return Math.min(branchMost, steps * branchStep);
}
