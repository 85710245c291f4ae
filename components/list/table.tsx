// biome-ignore-all lint/a11y/noRedundantRoles: on phones `display` changes, and the roles would be lost
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { KeptList } from "./kept-rows";
import { TableRows } from "./rows";
import { rowsOf } from "./rows-of";

export { RowActions } from "./row-actions";

const priorities = { 1: "", 2: "max-m:hidden", 3: "max-l:hidden" };
type Priority = keyof typeof priorities;

interface TableProps {
  /** Names the table for those who do not see it. */
  label: string;
  /** Stands in its place where there is no row. */
  empty?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** Roles stand by hand: as cards (≤ 900 px) the rows are no longer displayed as a table, and would lose their meaning. */
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

/** The children have keys, by which a row is known again. */
export function TableBody({ children }: { children: ReactNode }) {
  return <TableRows rows={rowsOf(children)} />;
}

type RowProps = ComponentProps<"tr"> & { selected?: boolean };

/** On phones it is a grid of two columns. Looks: `rows.css`. */
export function TableRow({ selected, ...rest }: RowProps) {
  return <tr {...rest} role="row" data-selected={selected || undefined} />;
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

export type CellLook = {
  priority?: Priority | undefined;
  align?: "start" | "end" | undefined;
  /** Where it stands in the card: the four corners, a full line; `off` leaves it out. */
  card?: "name" | "status" | "line" | "foot" | "foot-end" | "actions" | "off" | undefined;
  /** Holds what an action of the row changes: left out once one took the row from the list, for it would contradict it. */
  state?: boolean | undefined;
  className?: string | undefined;
};
export type CellProps = Omit<ComponentProps<"td">, keyof CellLook> & CellLook;

const cards = {
  name: "max-s:col-start-1 max-s:row-start-1",
  status: "max-s:col-start-2 max-s:row-start-1 max-s:justify-self-end",
  line: "max-s:col-span-2 max-s:text-muted",
  foot: "max-s:col-start-1",
  "foot-end": "max-s:col-start-2 max-s:justify-self-end max-s:text-xs max-s:text-muted",
  actions: "max-s:col-span-2 max-s:pt-2",
  off: "max-s:hidden",
};

/** Where a cell stands, and how; all cells of a column have the same. */
export function cellLook({ priority = 1, align = "start", card = "line", state, className }: CellLook): string {
  const hides =
    card === "off" ? priorities[priority] : priority === 1 ? "" : priority === 2 ? "s:max-m:hidden" : "s:max-l:hidden";
  return cn(align === "end" && "text-right tabular-nums", hides, cards[card], state && "state", className);
}

export function Cell({ priority, align, card, state, className, ...rest }: CellProps) {
  return <td {...rest} role="cell" className={cellLook({ priority, align, card, state, className })} />;
}
