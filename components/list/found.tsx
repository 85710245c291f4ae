import type { ReactNode } from "react";
import { Pager } from "@/components/list/pager";
import type { Cursors, Page } from "@/lib/lists/pagination";

interface FoundProps {
  page: Page<unknown>;
  /** The address of the page that such a cursor names. */
  href: (place: Cursors) => string;
  /** Shown where nothing is found. */
  none: () => Promise<ReactNode>;
  /** The rows. */
  children: ReactNode;
}

/** One page of a list in its frame, with the way to the others. */
export async function Found({ page, href, none, children }: FoundProps) {
  const found = page.rows.length > 0 || page.previous;
  return (
    <div className="rounded-lg border border-line">
      {found ? children : await none()}
      {found && <Pager page={page} href={href} />}
    </div>
  );
}
