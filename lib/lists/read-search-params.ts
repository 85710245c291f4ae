import { z } from "zod";
import { oneLine, type Pairs, type Params, withQuery } from "@/lib/lists/search-params";

/** A list's state is its address: read here by one schema, and written from what that schema gave. */

/** Values of one filter that count; further ones are left out. */
const mostValues = 50;

/** What a list is searched for. */
export const searched = z.string().transform(oneLine).default("");

/** Several of these, for "or". */
export const repeated = <T extends z.ZodType>(one: T) => z.array(one).default(() => []);

/** `name` or, the other way round, `-name`. */
export const sorted = <By extends string>(sorts: readonly By[]) =>
  z.enum(sorts.flatMap((by): (By | `-${By}`)[] => [by, `-${by}`]));

const cursor = z.string().max(4000).optional();
/** Where a page begins; see `readPlace`. */
export const cursors = { after: cursor, before: cursor };

/**
 * An address by its schema. A field that is a list may stand several times, of any other the first counts. What is not
 * understood is left out and named in `ignored`, as `status=foo`.
 */
export function readAddress<S extends z.ZodObject>(schema: S, params: Params) {
  const ignored: string[] = [];
  const known: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const several = isList(field);
    const given = [params[name] ?? []].flat().filter((value) => value !== "");
    const understood = (several ? given : given.slice(0, 1)).filter((value) => {
      const fits = z.safeParse(field, several ? [value] : value).success;
      if (!fits) ignored.push(`${name}=${value.slice(0, 60)}`);
      return fits;
    });
    if (understood.length > 0) known[name] = several ? [...new Set(understood)].slice(0, mostValues) : understood[0];
  }
  return { filters: schema.parse(known), ignored };
}

const isList = (field: unknown): boolean =>
  field instanceof z.ZodArray || (field instanceof z.ZodDefault && isList(field.unwrap()));

/** The readers and writers of one list's address. `path`: where it stands, unless a caller says otherwise. */
export function addressOf<S extends z.ZodObject>(path: string, schema: S) {
  type Filters = z.output<S>;
  const usual: Record<string, unknown> = schema.parse({});
  const isCursor = (name: string) => name in cursors;

  /** The query as pairs, without what is usual anyway; with the cursor only when asked. */
  function toPairs(filters: Partial<Filters>, withCursor = false): Pairs {
    const given: Record<string, unknown> = filters;
    return Object.keys(schema.shape)
      .filter((name) => given[name] !== usual[name] && (withCursor || !isCursor(name)))
      .flatMap((name) => [given[name] ?? []].flat().map((value): Pairs[number] => [name, String(value)]));
  }

  /** The list with something changed. A change begins at the first page unless it names a cursor. */
  function toHref(filters: Partial<Filters>, change: Partial<Filters> = {}, at = path): string {
    return withQuery(at, toPairs({ ...filters, after: undefined, before: undefined, ...change }, true));
  }

  return { read: (params: Params) => readAddress(schema, params), toPairs, toHref };
}
