import { z } from "zod";
import type { Filter } from "@/lib/lists/filters";
import type { Cursors } from "@/lib/lists/pagination";
import { cursors, readSearchParams, searched, sorted } from "@/lib/lists/read-search-params";
import { asEdited, nextSort, type Pairs, type Params, withQuery } from "@/lib/lists/search-params";
import { isId } from "@/lib/normalization/id";

/** Of a column: its head sorts by it, and has the sort's label. */
export const sortable = true;

/** `without`: filters that have no meaning there. */
type View<F extends string = string> = { label: string; title: string; without?: readonly F[] };

/**
 * What a list is, as data, safe for the browser: page, heads, tokens, export and pickers read it, and `serveList` joins it
 * with what makes it SQL. Names are those of the address, labels what people read.
 */
export type Declaration = {
  /** Its own among all lists. */
  name: string;
  path: string;
  /** Names the table. */
  label: string;
  /** What its one search box searches; without, there is none. */
  search?: string;
  /** Parts of which one is shown at a time, the usual one first. */
  views?: Record<string, View>;
  /** What it can be sorted by, with labels, the usual order first. */
  sorts?: Record<string, string>;
  filters?: Record<string, Filter>;
  columns: Record<string, string | true>;
  /** Columns that are shown in the cell of another, as `{ email: "name" }`. */
  shownIn?: Record<string, string>;
  /** Columns that are not shown until somebody chooses them. */
  off?: readonly string[];
  /** So short that it fits on one page. */
  whole?: true;
};

/** A column with the key of a sort is `sortable`, any other has a label of its own; a view is without filters that there are. */
type Checked<D extends Declaration> = {
  views?: Record<string, View<Keys<D["filters"]>>>;
  columns: { [C in keyof D["columns"]]: C extends keyof D["sorts"] ? true : string };
  shownIn?: { [C in Keys<D["columns"]>]?: Keys<D["columns"]> };
  off?: readonly Keys<D["columns"]>[];
};

type Keys<T> = keyof T & string;
type Flat<T> = { [K in keyof T]: T[K] };
type Part<D, K extends string, T> = K extends keyof D ? T : unknown;

type Read<D extends Declaration> = Flat<
  Part<D, "search", { q: string }> &
    Part<D, "views", { view: Keys<D["views"]> }> &
    Part<D, "sorts", { sort: Keys<D["sorts"]> | `-${Keys<D["sorts"]>}` }> &
    Part<D, "filters", { [K in Keys<D["filters"]>]: ValuesOf<NonNullable<D["filters"]>[K]> } & Saved> &
    Cursors
>;
/** The saved view from which the state began, if any. */
type Saved = { saved?: string };
type ValuesOf<F> = F extends { field: infer S extends z.ZodType } ? z.output<S> : never;

interface Address<D extends Declaration, F> {
  schema: z.ZodType<F>;
  /** What an empty address asks for. */
  usual: F;
  /** What is not understood is left out and named in `ignored`, as `status=foo`. */
  read(params: Params): { filters: F; ignored: string[] };
  /** The query as pairs, without what is usual anyway; with the cursor only when asked. */
  toPairs(filters: Partial<F>, withCursor?: boolean): Pairs;
  /** The list with something changed. A change begins at the first page unless it names a cursor. `at`: another path. */
  toHref(filters: Partial<F>, change?: Partial<F>, at?: string): string;
  /** Where a column's head leads: sorted by it, or the other way round when it already is. */
  sortHref(filters: F, by: Keys<D["sorts"]>): string;
  /** Another view, without the filters that have no meaning there; out of a saved view, without any. */
  viewHref(filters: F, view: Keys<D["views"]>): string;
  isFiltered(filters: F): boolean;
  /** The change that takes every filter away. */
  unfiltered: Partial<F>;
}

export type List<D extends Declaration> = D & Address<D, Read<D>>;
// biome-ignore lint/suspicious/noExplicitAny: any list, whose filters differ
export type AnyList = Declaration & Address<any, any>;

/** The state of a list, as its address says it. */
export type FiltersOf<L extends AnyList> = ReturnType<L["read"]>["filters"];
export type SortOf<L extends AnyList> = Keys<L["sorts"]>;
export type ColumnOf<L extends Declaration> = Keys<L["columns"]>;
export type FilterOf<L extends AnyList> = Keys<L["filters"]>;
/** The filters whose choices only the server knows. */
export type SearchFilterOf<L extends AnyList> = {
  [K in FilterOf<L>]: NonNullable<L["filters"]>[K] extends { kind: "search" } ? K : never;
}[FilterOf<L>];

export const declareList = <const D extends Declaration>(declared: D & Checked<D>): List<D> => ({
  ...(declared as D),
  ...addressOf(declared),
});

/** How the state of a list is read from an address, and written into one. */
// biome-ignore lint/suspicious/noExplicitAny: the types of the state follow from the declaration, above
function addressOf({ path, search, views = {}, sorts = {}, filters = {}, whole }: Declaration): Address<any, any> {
  type State = Record<string, unknown>;
  const [view] = Object.keys(views);
  const [sort] = Object.keys(sorts);
  const schema = z.object({
    ...(search !== undefined && { q: searched }),
    ...(view !== undefined && { view: z.enum(Object.keys(views)).default(view) }),
    ...(sort !== undefined && { sort: sorted(Object.keys(sorts)).default(sort) }),
    ...Object.fromEntries(Object.entries(filters).map(([name, { field }]) => [name, field])),
    ...(!whole && cursors),
  });
  const names = Object.keys(schema.shape);
  const usual: State = schema.parse({});
  const emptied = (some: readonly string[]): State => Object.fromEntries(some.map((name) => [name, usual[name]]));
  const meaningless = (shown: unknown) => emptied(views[String(shown)]?.without ?? []);

  function read(params: Params) {
    const shown = [params.view ?? []].flat();
    const saved = Object.keys(filters).length > 0 ? shown.find(isId) : undefined;
    const given = saved ? { ...params, view: shown.filter((value) => value !== saved) } : params;
    const { filters: state, ignored } = readSearchParams(schema, given);
    return { filters: { ...state, ...meaningless(state.view), ...(saved && { saved: saved.toLowerCase() }) }, ignored };
  }

  function toPairs(state: State, withCursor = false): Pairs {
    const pairs = names
      .filter((name) => state[name] !== usual[name] && (withCursor || !(name in cursors)))
      .flatMap((name) => [state[name] ?? []].flat().map((value): Pairs[number] => [name, String(value)]));
    return state.saved ? asEdited([["view", String(state.saved)], ...pairs]) : pairs;
  }

  const toHref = (state: State, change: State = {}, at = path) =>
    withQuery(at, toPairs({ ...state, after: undefined, before: undefined, ...change }, true));

  return {
    schema,
    usual,
    read,
    toPairs,
    toHref,
    sortHref: (state: { sort: string }, by: string) => toHref(state, { sort: nextSort<string>(state, by) }),
    viewHref: (state: State, shown: string) =>
      toHref(state.saved ? usual : state, { view: shown, ...meaningless(shown) }),
    isFiltered: (state: State) => toPairs(state).some(([name]) => name in filters),
    unfiltered: emptied(Object.keys(filters)),
  };
}
