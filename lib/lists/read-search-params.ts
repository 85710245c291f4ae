import { z } from "zod";
import { oneLine, type Params } from "@/lib/lists/search-params";

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
 * An address by its schema. A field that is a list may occur several times, of any other the first counts. What is not
 * understood is left out and named in `ignored`, as `status=foo`.
 */
export function readSearchParams<S extends z.ZodObject>(schema: S, params: Params) {
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
