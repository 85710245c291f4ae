"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect } from "react";

type Pairs = [name: string, value: string][];

/** What was asked for last, and the address that stood in the browser then. */
let asked: { from: string; pairs: Pairs } | null = null;

/**
 * Changes one part of a list's query. While the page that was asked for last is still on its way, the change is made to
 * that one, so that a search and a filter in quick succession are both kept. `shown`: the query of the page that stands.
 */
export function useListQuery(shown: Pairs): (name: string, values: string[]) => Pairs {
  const from = `${usePathname()}?${useSearchParams()}`;
  useEffect(() => {
    if (asked?.from !== from) asked = null;
  }, [from]);
  return (name, values) => {
    const base = asked?.from === from ? asked.pairs : shown;
    const pairs: Pairs = [
      ...base.filter(([key]) => key !== name),
      ...values.map((value): [string, string] => [name, value]),
    ];
    asked = { from, pairs };
    return pairs;
  };
}

/** A list's address with this query. */
export function listAddress(path: string, pairs: Pairs): string {
  const query = new URLSearchParams(pairs).toString();
  return query ? `${path}?${query}` : path;
}
