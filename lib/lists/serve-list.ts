import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import type { AnyList, FiltersOf, SearchFilterOf } from "@/lib/lists/declare-list";
import type { Labels } from "@/lib/lists/filter-fields";
import type { Choice, Wanted } from "@/lib/lists/filters";
import { foreignCursor, type Page, type Place, readPlace } from "@/lib/lists/pagination";
import type { Params } from "@/lib/lists/search-params";

/** `of`: what the list is about besides its filters, such as the person whose clients it shows; void where it is about nothing. */
export type Asked<L extends AnyList, Of> = { filters: FiltersOf<L>; place: Place; of: Of };

/** `fits`: whether its cursor was one of this list; `ignored`: what was not understood. */
export type AskedPage<F> = { filters: F; fits: boolean; ignored: string[] };

export type Choices<L extends AnyList> = Record<SearchFilterOf<L>, (ctx: Ctx, wanted: Wanted) => Promise<Choice[]>>;

type Source<L extends AnyList, P, Of> = {
  /** Makes a cursor belong to what the list is about. */
  about?: (of: Of) => string;
  /** What a cursor may contain, one for each key that the rows are sorted by. */
  keys: (filters: FiltersOf<L>) => z.ZodType[];
  page: (ctx: Ctx, asked: Asked<L, Of>) => Promise<P>;
  /** Finds and names the values of the filters that only the server knows. */
  choices: Choices<L>;
};

export interface Served<L extends AnyList, P, Of> {
  list: L;
  choices: Choices<L>;
  /** One page of what matches and the actor may see, of at most `limit` rows. Throws `invalid` for a cursor of another list, sort or filters. */
  page(ctx: Ctx, filters: FiltersOf<L>, of: Of, limit?: number): Promise<P>;
  /** What an address asks for, but for filters that the page itself sets, and without a cursor that belongs to others. */
  ask(params: Params, of: Of, set?: Partial<FiltersOf<L>>): AskedPage<FiltersOf<L>>;
  /** Null for a cursor of another list, sort or filters. */
  placeIn(filters: FiltersOf<L>, of: Of): Place | null;
  /** The same filters without a cursor that belongs to others: a page asks before it lists. */
  fitting(asked: FiltersOf<L>, of: Of): { filters: FiltersOf<L>; fits: boolean };
  /** What the chosen values are called; one that is gone, or out of sight, is "unknown". */
  labels(ctx: Ctx, filters: FiltersOf<L>): Promise<Labels<L>>;
}

/** Joins a declared list with what finds its rows. */
export function serveList<L extends AnyList, P extends Page<unknown>, Of = void>(
  list: L,
  { about, keys, page, choices }: Source<L, P, Of>,
): Served<L, P, Of> {
  const placeIn = (filters: FiltersOf<L>, of: Of, limit?: number) => {
    const meaning = [
      list.name,
      about?.(of) ?? "",
      filters.sort ?? "",
      ...list.toPairs({ ...filters, saved: undefined }),
    ];
    return readPlace(meaning, keys(filters), filters, limit);
  };
  const fitting = (asked: FiltersOf<L>, of: Of) => {
    const fits = placeIn(asked, of) !== null;
    return { filters: fits ? asked : { ...asked, after: undefined, before: undefined }, fits };
  };
  return {
    list,
    choices,
    async page(ctx, filters, of, limit) {
      const place = placeIn(filters, of, limit);
      if (!place) throw foreignCursor();
      return page(ctx, { filters, place, of });
    },
    ask(params, of, set = {}) {
      const { filters, ignored } = list.read(params);
      return { ...fitting({ ...filters, ...set }, of), ignored };
    },
    placeIn,
    fitting,
    async labels(ctx, filters) {
      const named = async ([name, find]: [string, Choices<L>[SearchFilterOf<L>]]) => {
        const ids: string[] = filters[name];
        const found = ids.length > 0 ? await find(ctx, { ids }) : [];
        return [name, ids.map((id) => found.find((choice) => choice.id === id) ?? { id, label: "unknown" })];
      };
      return Object.fromEntries(await Promise.all(Object.entries<Choices<L>[SearchFilterOf<L>]>(choices).map(named)));
    },
  };
}
