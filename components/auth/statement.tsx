import type { ReactNode } from "react";

interface StatementProps {
  /** The lines of an icon of Lucide, 24 wide. Its own library is larger than such a page, which every other page brings along. */
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions: ReactNode;
}

/** A page that says one thing and what to do next. */
export function Statement({ icon, title, children, actions }: StatementProps) {
  return (
    <div className="mx-auto grid max-w-[60ch] justify-items-center gap-2 px-4 py-16 text-center">
      <svg
        aria-hidden
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="lucide size-6 text-icon"
      >
        {icon}
      </svg>
      <h1 className="text-xl font-semibold">{title}</h1>
      <p className="text-ink-2">{children}</p>
      <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>
    </div>
  );
}
