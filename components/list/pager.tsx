import { ChevronLeft, ChevronRight } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { Figure, TotalFigure } from "@/components/ui/figure";
import type { Cursors, Page } from "@/lib/lists/pagination";

interface PagerProps {
  page: Page<unknown>;
  /** The address of the page that such a cursor names. */
  href: (place: Cursors) => string;
}

/** "1–50 of 208", "101–150 of about 1,000,000", "1–50 of more than 10,000", and two links. No page numbers: pages are walked by key. */
export function Pager({ page: { rows, from, total, previous, next }, href }: PagerProps) {
  return (
    <nav
      aria-label="Pages"
      className="flex items-center gap-3 border-t border-line py-2 pr-2.5 pl-4 text-ui text-muted max-s:px-3.5 max-s:py-2.5"
    >
      <span className="tabular-nums">
        <Figure value={from} />
        {from > 0 && (
          <>
            –<Figure value={from + rows.length - 1} />
          </>
        )}{" "}
        of <TotalFigure total={total} />
      </span>
      <div className="ml-auto flex items-center gap-1.5">
        <LinkButton
          size="s"
          href={previous ? href({ before: previous }) : ""}
          prefetch={false}
          reason={previous ? undefined : "This is the first page."}
        >
          <ChevronLeft aria-hidden />
          Previous
        </LinkButton>
        <LinkButton
          size="s"
          href={next ? href({ after: next }) : ""}
          prefetch={false}
          reason={next ? undefined : "This is the last page."}
        >
          Next
          <ChevronRight aria-hidden />
        </LinkButton>
      </div>
    </nav>
  );
}
