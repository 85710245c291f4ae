import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export function Panel({ className, ...rest }: ComponentProps<"section">) {
  return <section {...rest} className={cn("min-w-0 rounded-lg border border-line bg-surface", className)} />;
}

interface PanelHeadProps {
  title: ReactNode;
  /** Gives the title an id, for `aria-labelledby` of the panel. */
  titleId?: string;
  hint?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function PanelHead({ title, titleId, hint, actions, className }: PanelHeadProps) {
  return (
    <header className={cn("flex min-h-12 flex-wrap items-center gap-x-2.5 gap-y-1 py-2 pr-3 pl-4", className)}>
      <h2 id={titleId} className="min-w-0 text-sm font-semibold wrap-anywhere tracking-[-0.005em]">
        {title}
      </h2>
      {hint !== undefined && <span className="min-w-0 text-xs wrap-anywhere text-muted tabular-nums">{hint}</span>}
      {actions && (
        <div className="ml-auto flex flex-wrap items-center gap-2 max-s:has-[input[type=search]]:w-full">{actions}</div>
      )}
    </header>
  );
}

export function PanelBody({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div {...rest} className={cn("grid grid-cols-[minmax(0,1fr)] content-start gap-3 px-4 pt-1 pb-4", className)} />
  );
}

export function PanelFoot({
  children,
  actions,
  className,
}: {
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <footer
      className={cn(
        "flex flex-wrap items-center gap-2.5 border-t border-line py-2.5 pr-3 pl-4 text-xs text-muted",
        className,
      )}
    >
      {children}
      {actions && (
        <div className="ml-auto flex flex-wrap items-center justify-end gap-2 [&>[data-reason]]:-order-1">
          {actions}
        </div>
      )}
    </footer>
  );
}

/** A list of lines divided by hairlines; follows a PanelHead or is alone in a Panel. */
export function Rows({ className, ...rest }: ComponentProps<"ul">) {
  return <ul {...rest} className={cn("divide-y divide-line not-first:border-t not-first:border-line", className)} />;
}

interface RowProps {
  /** Icon or avatar. */
  lead?: ReactNode;
  title: ReactNode;
  hint?: ReactNode;
  /** Buttons, a time. */
  end?: ReactNode;
  className?: string;
}

export function Row({ lead, title, hint, end, className }: RowProps) {
  return (
    <li
      className={cn(
        "flex min-h-[50px] items-center gap-3 has-data-settled:bg-sunken has-data-settled:**:text-muted! py-1.5 pr-3 pl-4 text-ui/[18px] [&>.lucide]:text-icon",
        className,
      )}
    >
      {lead}
      <div className="min-w-0 flex-1 wrap-anywhere">
        <div className="font-medium">{title}</div>
        {hint && <div className="text-xs text-muted">{hint}</div>}
      </div>
      {end && <div className="flex flex-none items-center gap-2">{end}</div>}
    </li>
  );
}
