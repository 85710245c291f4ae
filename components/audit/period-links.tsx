"use client";
import type { Choice } from "@/lib/lists/filters";
import type { Pairs } from "@/lib/lists/search-params";
import { QueryLink } from "./query-link";

type PeriodLinksProps = { periods: readonly Choice[]; path: string; query: Pairs };

/** "24 hours", "7 days", "30 days" up to now, in place of days. The chosen one is taken away again. */
export function PeriodLinks({ periods, path, query }: PeriodLinksProps) {
  const chosen = query.find(([name]) => name === "last")?.[1];
  return (
    <nav aria-label="Period" className="flex flex-wrap gap-1.5">
      {periods.map(({ id, label }) => (
        <QueryLink
          key={id}
          path={path}
          query={query}
          change={{ last: id === chosen ? [] : [id], from: [], to: [] }}
          current={id === chosen}
        >
          <span className="sr-only">Last </span>
          {label}
        </QueryLink>
      ))}
    </nav>
  );
}
