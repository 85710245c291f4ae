import { ChevronLeft, ChevronRight } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { Figure } from "@/components/ui/figure";

interface PagerProps {
  /** Of the first and last row shown, counted from 1; 0 and 0 for none. */
  from: number;
  to: number;
  total: number;
  /** The total is a guess above 10,000. */
  about?: boolean;
  /** There are more than that, and nobody counted further. */
  over?: boolean;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
}

/** "1–50 of 208", "101–150 of about 1,000,000", "1–50 of more than 10,000", and two links. No page numbers: pages are walked by key. */
export function Pager({ from, to, total, about, over, previousHref, nextHref }: PagerProps) {
  return (
    <nav
      aria-label="Pages"
      className="flex items-center gap-3 border-t border-line py-2 pr-2.5 pl-4 text-ui text-muted max-s:px-3.5 max-s:py-2.5"
    >
      <span className="tabular-nums">
        <Figure value={to === 0 ? 0 : from} />
        {to > 0 && (
          <>
            –<Figure value={to} />
          </>
        )}{" "}
        of {about ? "about " : over ? "more than " : ""}
        <Figure value={total} />
      </span>
      <div className="ml-auto flex items-center gap-1.5">
        <LinkButton
          size="s"
          href={previousHref ?? ""}
          prefetch={false}
          reason={previousHref ? undefined : "This is the first page."}
        >
          <ChevronLeft aria-hidden />
          Previous
        </LinkButton>
        <LinkButton
          size="s"
          href={nextHref ?? ""}
          prefetch={false}
          reason={nextHref ? undefined : "This is the last page."}
        >
          Next
          <ChevronRight aria-hidden />
        </LinkButton>
      </div>
    </nav>
  );
}
