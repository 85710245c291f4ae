import { and, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Ctx } from "@/lib/context";
import { type Conditions, conditionsOf } from "@/lib/lists/conditions";
import type { AnyList, FiltersOf, SortOf } from "@/lib/lists/declare-list";
import { countOf, momentKey, type Page, pageOf, type Total, walkFrom } from "@/lib/lists/pagination";
import { sortOf } from "@/lib/lists/search-params";
import { type Choices, type Served, serveList } from "@/lib/lists/serve-list";

/** One sort key: its expression as its index has it, what a cursor's key is cast to, and what is allowed there. */
export type SortKey = { column: SQL | AnyPgColumn; type: string; shape: z.ZodType; descending?: true };

/** A folded name, in the language's order. */
export const byName = (column: SQL | AnyPgColumn): SortKey => ({
  column,
  type: 'text collate "und-x-icu"',
  shape: z.string(),
});
export const byMoment = (column: SQL | AnyPgColumn): SortKey => ({ column, type: "timestamptz", shape: momentKey });
export const latestFirst = (column: SQL | AnyPgColumn): SortKey => ({ ...byMoment(column), descending: true });

/** What the query for a page needs: which rows, in which order, how many, and the text of each row's key for a cursor. */
export type Window = { where: SQL | undefined; order: SQL; limit: number; key: SQL<string> };

type Soon<T> = T | Promise<T>;

type Keyed<L extends AnyList, Found, Row, Of> = {
  about?: (of: Of) => string;
  /** Tables and joins by which rows are counted, as SQL after `from`. */
  from: SQL;
  /** Makes the order of rows unique. */
  id: AnyPgColumn;
  /** What the actor may see of what the list is about (R11). */
  within: (ctx: Ctx, of: Of) => Soon<SQL | undefined>;
  search: "search" extends keyof L ? (q: string, ctx: Ctx) => Soon<SQL | null | undefined> : null;
  /** Each filter as a condition, asked where it has a value. */
  filters: Conditions<L, Ctx, never, Soon<SQL>>;
  /** Each sort; for a list with one order, that order. */
  sorts: "sorts" extends keyof L ? Record<SortOf<L>, SortKey> : SortKey;
  choices: Choices<L>;
  find: (ctx: Ctx, window: Window) => Promise<Found[]>;
  rows: (ctx: Ctx, found: Found[], of: Of) => Soon<Row[]>;
};

/** Serves a list of which every sort is one indexed column and every filter a condition. */
export function serveByKey<L extends AnyList, Found extends { id: string; key: string }, Row, Of = void>(
  list: L,
  source: Keyed<L, Found, Row, Of>,
): Served<L, Page<Row>, Of> & { count(ctx: Ctx, of: Of): Promise<Total> } {
  const { from, id, within, choices, find } = source;
  const counted = (ctx: Ctx, where: SQL | undefined) => countOf(ctx, sql`${from} where ${where ?? sql`true`}`);

  function keyOf(filters: FiltersOf<L>): SortKey {
    if (!list.sorts) return source.sorts as SortKey;
    const { by, descending } = sortOf<string>(filters);
    const { descending: _, ...key } = (source.sorts as Record<string, SortKey>)[by] as SortKey;
    return descending ? { ...key, descending } : key;
  }

  const served = serveList<L, Page<Row>, Of>(list, {
    ...(source.about && { about: source.about }),
    keys: (filters) => [keyOf(filters).shape],
    choices,
    async page(ctx, { filters, place, of }) {
      const [seen, search, ...asked] = await Promise.all([
        within(ctx, of),
        source.search?.(filters.q, ctx),
        ...conditionsOf<Ctx, Soon<SQL>>(source.filters, filters, ctx),
      ]);
      const where = and(seen, search ?? undefined, ...asked);
      const { beyond, ...walk } = walkFrom(place, { ...keyOf(filters), id });
      const [found, total] = await Promise.all([
        find(ctx, { ...walk, where: and(where, beyond) }),
        counted(ctx, where),
      ]);
      const page = pageOf(place, found, (row) => ({ id: row.id, keys: [row.key] }));
      return { ...page, rows: await source.rows(ctx, page.rows, of), total };
    },
  });
  return { ...served, count: async (ctx, of) => counted(ctx, await within(ctx, of)) };
}
