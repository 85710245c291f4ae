// biome-ignore-all lint/a11y/noRedundantRoles: on phones `display` changes, and the roles would be lost
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { KeptList } from "./kept-rows";

/** Columns that are left out where there is little room. */
export const priorities = { 1: "", 2: "max-m:hidden", 3: "max-l:hidden" };
export type Priority = keyof typeof priorities;

interface TableProps {
  /** Names the table for those who do not see it. */
  label: string;
  /** Shown where there is no row. */
  empty?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** Roles are explicit: as cards (≤ 900 px) the rows are no longer displayed as a table, and would lose their meaning. */
export function Table({ label, empty, children, className }: TableProps) {
  return (
    <KeptList empty={empty}>
      <table
        role="table"
        data-list=""
        aria-label={label}
        className={cn("w-full border-separate border-spacing-0 text-ui max-s:block", className)}
      >
        {children}
      </table>
    </KeptList>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup" className="max-s:sr-only">
      <tr role="row">{children}</tr>
    </thead>
  );
}

type HeadCellProps = Omit<ComponentProps<"th">, "align"> & {
  priority?: Priority;
  align?: "start" | "end";
  /** Set on the sorted column alone. */
  sorted?: "ascending" | "descending" | undefined;
};

export function HeadCell({ priority = 1, align = "start", sorted, className, ...rest }: HeadCellProps) {
  return (
    <th
      {...rest}
      role="columnheader"
      scope="col"
      aria-sort={sorted}
      className={cn("list-head", align === "end" && "text-right", priorities[priority], className)}
    />
  );
}
