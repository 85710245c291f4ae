import { type Pairs, type Params, searched, withQuery } from "@/lib/address";

/** The address of a page of effective access: what is searched, and what "Why?" was asked. */
export type WhyAddress = { q: string; why: string | null; on: string | null; group: string | null };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What it does not understand is left out. */
export function readWhyAddress(params: Params): WhyAddress {
  const first = (name: string) => [params[name] ?? []].flat()[0]?.replace(/[\p{Cc}\p{Cs}]/gu, "") ?? "";
  const id = (name: string) => (uuid.test(first(name)) ? first(name).toLowerCase() : null);
  return {
    q: searched.parse(first("q")),
    why: first("why").slice(0, 128) || null,
    on: id("on"),
    group: id("group"),
  };
}

export function whyPairs({ q, why, on, group }: WhyAddress): Pairs {
  const pairs: [string, string | null][] = [
    ["q", q || null],
    ["why", why],
    ["on", why && on],
    ["group", why && group],
  ];
  return pairs.filter((pair): pair is Pairs[number] => Boolean(pair[1]));
}

/** The id of the link that asks about an operation: to it the focus returns. */
export const whyLinkId = (operation: string) => `why-${operation}`;

export const whyHref = (base: string, address: WhyAddress) => withQuery(base, whyPairs(address));
