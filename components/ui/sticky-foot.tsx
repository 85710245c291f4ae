import type { ReactNode } from "react";

/** The foot of a form that is longer than the screen: it stays in sight, in the flow, and covers nothing at the end. */
export function StickyFoot({ children }: { children: ReactNode }) {
  return (
    <footer
      data-print="hide"
      className="sticky bottom-2 z-10 -mx-1 flex flex-wrap items-center justify-end gap-2.5 [&>[data-reason]]:-order-1 rounded-lg border border-line bg-raised px-4 py-2.5 shadow-lift-2"
    >
      {children}
    </footer>
  );
}
