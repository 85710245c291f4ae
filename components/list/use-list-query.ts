"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { asEdited, type Pairs } from "@/lib/lists/search-params";

/** The query that was asked for last, and the addresses on the way there, from that in the browser on. */
let asked: { way: string[]; pairs: Pairs } | null = null;

const forget = () => {
  asked = null;
};

/** What a part of the query becomes; a function is given what it is by then. */
export type Change = string[] | ((held: string[]) => string[]);

/**
 * Changes parts of a list's query. While the page that was asked for last is still on its way, the change is made to
 * that one, so that a search and a filter in quick succession are both kept. `shown`: the query of the page that is shown.
 */
export function useListQuery(shown: Pairs): (parts: Record<string, Change>) => Pairs {
  const path = usePathname();
  const from = `${path}?${useSearchParams()}`;
  // What waits for the last key changes the page that is shown by then, and not the one on which the key was pressed.
  const standing = useRef({ path, from, shown });
  standing.current = { path, from, shown };
  useEffect(() => {
    const way = asked?.way.slice(asked.way.indexOf(from)) ?? [];
    asked = asked && way[0] === from && way.length > 1 ? { ...asked, way } : null;
  }, [from]);
  useEffect(() => forget, []);
  return (parts) => {
    const { path, from, shown } = standing.current;
    const way = asked?.way.includes(from) ? asked.way : [from];
    const base = asked?.way.includes(from) ? asked.pairs : shown;
    const changed = Object.entries(parts).map(([name, next]): [string, string[]] => [
      name,
      typeof next === "function" ? next(base.flatMap(([key, value]) => (key === name ? [value] : []))) : next,
    ]);
    const pairs = asEdited([
      ...base.filter(([key]) => !changed.some(([name]) => name === key)),
      ...changed.flatMap(([name, values]) => values.map((value): Pairs[number] => [name, value])),
    ]);
    asked = { way: [...way, `${path}?${new URLSearchParams(pairs)}`], pairs };
    return pairs;
  };
}
