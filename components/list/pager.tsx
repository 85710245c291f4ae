import type { ReactNode } from "react";
import type { Cursors, Page } from "@/lib/lists/pagination";
import { PagerLinks } from "./pager-links";

interface PagerProps {
  page: Page<unknown>;
  /** The address of the page that such a cursor names. */
  href: (place: Cursors) => string;
  /** Shown beside the total. */
  note?: ReactNode;
}

/** "1–50 of 208", "101–150 of about 1,000,000", "1–50 of more than 10,000", and two links. No page numbers: pages are walked by key. */
export function Pager({ page: { rows, from, total, previous, next }, href, note }: PagerProps) {
  return (
    <PagerLinks
      from={from}
      to={from + rows.length - 1}
      total={total}
      previous={previous && href({ before: previous })}
      next={next && href({ after: next })}
      note={note}
    />
  );
}
