import type { ReactNode } from "react";

type PageTitleProps = {
  /** What is done here, above the name, as "Edit group"; without, the name is alone. */
  kind?: string | undefined;
  children: ReactNode;
};

/** The title of the page of one thing: its name. */
export function PageTitle({ kind, children }: PageTitleProps) {
  return (
    <>
      {kind && <span className="block text-xs/[18px] font-medium tracking-normal text-muted">{kind}</span>} {children}
    </>
  );
}
