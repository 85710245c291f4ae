import { z } from "zod";

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

const unprintable = /[\p{Cc}\p{Cs}]/gu;
const personId = z.uuid().transform((id) => id.toLowerCase());

const schema = z.object({
  view: z.enum(chartViews).catch("chart"),
  q: z
    .string()
    .transform((text) => text.replace(unprintable, " ").trim().slice(0, 200))
    .catch(""),
  show: personId.nullable().catch(null),
  /** Null: nobody has opened or closed anything yet. */
  open: z.array(z.string()).nullable(),
  /** Branches that are to go on, once for each further step. */
  more: z.array(z.string()),
  after: z.string().max(4000).optional().catch(undefined),
  before: z.string().max(4000).optional().catch(undefined),
});

export type ChartFilters = z.output<typeof schema>;

type Params = Record<string, string | string[] | undefined>;

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** Reads an address. What it does not understand is left out. */
export function readChartFilters(params: Params): ChartFilters {
  const ids = (name: string, also: string) =>
    [params[name] ?? []].flat().flatMap((value) => {
      const id = personId.safeParse(value);
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
  const query = new URLSearchParams();
  if (next.view !== "chart") query.set("view", next.view);
  if (next.q) query.set("q", next.q);
  if (next.show) query.set("show", next.show);
  if (next.open) for (const id of next.open.length > 0 ? next.open : [none]) query.append("open", id);
  for (const id of next.more) query.append("more", id);
  if (next.after) query.set("after", next.after);
  if (next.before) query.set("before", next.before);
  const text = query.toString();
  return text ? `/admin/organisation?${text}` : "/admin/organisation";
}

/** How many people are wanted under this parent. */
export function wantedUnder(filters: Pick<ChartFilters, "more">, parentId: string): number {
  const steps = 1 + filters.more.filter((id) => id === parentId).length;
  return Math.min(branchMost, steps * branchStep);
}
