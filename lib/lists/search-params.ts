import { isId } from "@/lib/normalization/id";

/** The query of an address as pairs, without the schemas that give it a meaning: light enough for every page. */

/** What a page is asked with. */
export type Params = Record<string, string | string[] | undefined>;

export type Pairs = [name: string, value: string][];

/**
 * A saved view alone in an address asks for it as it is saved. Where everything has been taken out of it, an empty search
 * says so.
 */
export function asEdited(pairs: Pairs): Pairs {
  const [first, ...others] = pairs.filter(([name]) => name !== "after" && name !== "before");
  const alone = first?.[0] === "view" && isId(first[1]) && others.length === 0;
  return alone ? [...pairs, ["q", ""]] : pairs;
}

/** A path with this query, if there is any. */
export function withQuery(path: string, pairs: Pairs): string {
  const query = new URLSearchParams(pairs).toString();
  return query ? `${path}?${query}` : path;
}

/** Only those pairs that have a value. */
export const given = (pairs: [name: string, value: string | null | undefined][]) =>
  pairs.filter((pair): pair is Pairs[number] => Boolean(pair[1]));

/** One printable line of at most 200 characters. */
export const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Cs}]/gu, " ")
    .trim()
    .slice(0, 200);

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
