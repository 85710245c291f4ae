import { z } from "zod";
import type { Endpoint, Needed } from "@/lib/api/endpoint";
import { read } from "@/lib/api/reads";
import * as shapes from "@/lib/api/shapes";
import { totalOf } from "@/lib/api/total";
import type { Ctx } from "@/lib/context";
import type { AnyList, FiltersOf } from "@/lib/lists/declare-list";
import { longestPage, pageSize } from "@/lib/lists/page-size";
import type { Page } from "@/lib/lists/pagination";
import type { Served } from "@/lib/lists/serve-list";
import { uuid } from "@/lib/platform/uuid";

type Listed = {
  path: string;
  name: string;
  summary: string;
  description?: string;
  tag: string;
  subject?: string;
  operation: Needed;
  item: z.ZodType;
};

const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(longestPage)
  .default(pageSize)
  .meta({ description: `Items of a page, at most ${longestPage}.` });

/** The query of a list: the filters and sorts of its screen by their names, without the way back (P2). */
export function queryOf({ schema }: AnyList) {
  const { before: _, ...shape } = (schema as unknown as z.ZodObject).shape;
  return shape;
}

type ListedFrom<L extends AnyList, Row, Of> = Listed & {
  served: Served<L, Page<Row>, Of>;
  /** What the list is about; throws `not_found` for what is out of sight. */
  of: (ctx: Ctx, id: string) => Promise<Of> | Of;
  /** The parameter of the path. */
  about?: string;
  itemOf: (row: Row) => unknown;
};

export function list<L extends AnyList, Row, Of>(declared: ListedFrom<L, Row, Of>): Endpoint {
  const { served, of, about, item, itemOf, ...more } = declared;
  return read({
    ...more,
    input: z.strictObject({ ...(about && { [about]: uuid() }), ...queryOf(served.list), limit }),
    gives: shapes.pageShape(item),
    async read(ctx, { limit: most, ...given }) {
      const { [about ?? ""]: id, ...filters } = given as Record<string, unknown>;
      const subject = await of(ctx, String(id));
      const page = await served.page(ctx, filters as FiltersOf<L>, subject, most as number);
      return { items: page.rows.map(itemOf), next: page.next, total: totalOf(page.total) };
    },
  });
}
