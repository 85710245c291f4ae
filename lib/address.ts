import { z } from "zod";

/** A list's state is its address: read here by one schema, and written from what that schema gave. */

/** What a page is asked with. */
export type Params = Record<string, string | string[] | undefined>;

export type Pairs = [name: string, value: string][];

/** Values of one filter that count; further ones are left out. */
const mostValues = 50;
const unprintable = /[\p{Cc}\p{Cs}]/gu;

/** What a list is searched for: one printable line of at most 200 characters. */
export const searched = z
  .string()
  .transform((text) => text.replace(unprintable, " ").trim().slice(0, 200))
  .default("");

/** An id in its one spelling. */
export const anId = z.uuid().transform((id) => id.toLowerCase());

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

/** A path with this query, if there is any. */
export function withQuery(path: string, pairs: Pairs): string {
  const query = new URLSearchParams(pairs).toString();
  return query ? `${path}?${query}` : path;
}

/** What a list is sorted by, and which way. */
export const sortOf = <Sort extends string>({ sort }: { sort: Sort }) => ({
  by: sort.replace(/^-/, "") as Exclude<Sort, `-${string}`>,
  descending: sort.startsWith("-"),
});

/** What a column's head asks for: its own order, moments with the latest first, or the other way round where it has that. */
export function nextSort<Sort extends string>(now: { sort: Sort }, by: Exclude<Sort, `-${string}`>): Sort {
  const { by: current, descending } = sortOf(now);
  const down = current === by ? !descending : by.endsWith("At");
  return (down ? `-${by}` : by) as Sort;
}
