import type { ReactNode } from "react";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { HeadCell } from "./table";

interface SortLinkProps {
  /** Where the list is sorted by this column, or the other way round if it already is. */
  href: string;
  children: ReactNode;
  sorted?: "ascending" | "descending" | undefined;
  priority?: 1 | 2 | 3;
  align?: "start" | "end";
  className?: string;
}

/** A column head that sorts. Only the sorted one shows its arrow. */
export function SortLink({ href, children, sorted, priority, align, className }: SortLinkProps) {
  return (
    <HeadCell sorted={sorted} priority={priority} align={align} className={className}>
      <a href={href} data-keeps-scroll="" className={align === "end" ? "flex-row-reverse" : undefined}>
        {children}
        {sorted && <SpriteIcon name={sorted === "descending" ? "arrow-down" : "arrow-up"} />}
      </a>
    </HeadCell>
  );
}
