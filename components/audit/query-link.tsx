"use client";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useListQuery } from "@/components/list/use-list-query";
import { buttonLook } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { clickedLink } from "@/components/ui/clicked-link";
import { type Pairs, withQuery } from "@/lib/lists/search-params";

type QueryLinkProps = {
  path: string;
  query: Pairs;
  /** What it asks for, in place of what the address says of these names. */
  change: Record<string, string[]>;
  current: boolean;
  className?: string;
  children: ReactNode;
};

/** A link to the same list with something changed. What else is asked for at that moment stays. */
export function QueryLink({ path, query, change, current, className, children }: QueryLinkProps) {
  const router = useRouter();
  const changed = useListQuery(query);
  const kept = query.filter(([name]) => !(name in change));
  const asked = Object.entries(change).flatMap(([name, values]) => values.map((value): Pairs[number] => [name, value]));
  return (
    <a
      href={withQuery(path, [...kept, ...asked])}
      data-keeps-scroll=""
      aria-current={current || undefined}
      className={cn(buttonLook(), "aria-current:border-accent aria-current:text-accent-ink", className)}
      onClick={(event) => {
        if (!clickedLink(event.nativeEvent)) return;
        event.preventDefault();
        router.push(withQuery(path, changed(change)), { scroll: false });
      }}
    >
      {children}
    </a>
  );
}
