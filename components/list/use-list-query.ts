"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { asEdited, type Pairs } from "@/lib/lists/search-params";

/** What was asked for last, and the address that stood in the browser then. */
let asked: { from: string; pairs: Pairs } | null = null;

const forget = () => {
  asked = null;
};

/**
 * Changes parts of a list's query. While the page that was asked for last is still on its way, the change is made to
 * that one, so that a search and a filter in quick succession are both kept. `shown`: the query of the page that stands.
 */
export function useListQuery(shown: Pairs): (parts: Record<string, string[]>) => Pairs {
  const from = `${usePathname()}?${useSearchParams()}`;
  useEffect(() => {
    if (asked?.from !== from) asked = null;
  }, [from]);
  useEffect(() => forget, []);
  return (parts) => {
    const base = asked?.from === from ? asked.pairs : shown;
    const changed = Object.entries(parts);
    const pairs: Pairs = [
      ...base.filter(([key]) => !changed.some(([name]) => name === key)),
      ...changed.flatMap(([name, values]) => values.map((value): Pairs[number] => [name, value])),
    ];
    asked = { from, pairs: asEdited(pairs) };
    return asked.pairs;
  };
}
