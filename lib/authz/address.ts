import { given, isId, oneLine, type Pairs, type Params, withQuery } from "@/lib/query";

/** The address of a page of effective access: what is searched, and what "Why?" was asked. */
export type WhyAddress = { q: string; why: string | null; on: string | null; group: string | null };

/** What it does not understand is left out. */
export function readWhyAddress(params: Params): WhyAddress {
  const first = (name: string) => oneLine([params[name] ?? []].flat()[0] ?? "");
  const id = (name: string) => (isId(first(name)) ? first(name).toLowerCase() : null);
  return { q: first("q"), why: first("why").slice(0, 128) || null, on: id("on"), group: id("group") };
}

export const whyPairs = ({ q, why, on, group }: WhyAddress): Pairs =>
  given([
    ["q", q],
    ["why", why],
    ["on", why && on],
    ["group", why && group],
  ]);

/** The id of the link that asks about an operation: to it the focus returns. */
export const whyLinkId = (operation: string) => `why-${operation}`;

export const whyHref = (base: string, address: WhyAddress) => withQuery(base, whyPairs(address));
