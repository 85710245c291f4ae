"use client";
import type { ReactNode } from "react";
import { TotalFigure } from "@/components/list/total-figure";
import { LinkButton } from "@/components/ui/button";
import { Figure } from "@/components/ui/figure";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import type { Total } from "@/lib/lists/pagination";

interface PagerLinksProps {
  from: number;
  to: number;
  total: Total;
  /** Addresses; null where there is no such page. */
  previous: string | null;
  next: string | null;
  /** Shown beside the total: what it is a total of. */
  note?: ReactNode;
}

/** The foot of a list. Drawn in the browser's code, so that only its addresses travel. */
export function PagerLinks({ from, to, total, previous, next, note }: PagerLinksProps) {
  return (
    <nav
      aria-label="Pages"
      className="flex items-center gap-3 border-t border-line py-2 pr-2.5 pl-4 text-ui text-muted max-s:px-3.5 max-s:py-2.5"
    >
      <span className="tabular-nums">
        <Figure value={from} />
        {from > 0 && (
          <>
            –<Figure value={to} />
          </>
        )}{" "}
        of <TotalFigure total={total} />
      </span>
      {note}
      <div className="ml-auto flex items-center gap-1.5">
        <LinkButton size="s" href={previous ?? ""} reason={previous ? undefined : "This is the first page."}>
          <SpriteIcon name="chevron-left" />
          Previous
        </LinkButton>
        <LinkButton size="s" href={next ?? ""} reason={next ? undefined : "This is the last page."}>
          Next
          <SpriteIcon name="chevron-right" />
        </LinkButton>
      </div>
    </nav>
  );
}
