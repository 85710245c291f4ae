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
    <nav aria-label="Pages" className="pager">
      <span>
        <Figure value={from} />
        {from > 0 && (
          <>
            –<Figure value={to} />
          </>
        )}{" "}
        of <TotalFigure total={total} />
      </span>
      {note}
      <div>
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
