// biome-ignore-all lint/a11y/noRedundantRoles: on phones `display` changes, and the roles would be lost
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { TableRows } from "./rows";
import { rowsOf } from "./rows-of";
import type { Priority } from "./table";

export { RowActions } from "./row-actions";

/** The children have keys, by which a row is known again. */
export function TableBody({ children }: { children: ReactNode }) {
  return <TableRows rows={rowsOf(children)} />;
}

type RowProps = ComponentProps<"tr"> & { selected?: boolean };

/** On phones it is a grid of two columns. Looks: `rows.css`. */
export function TableRow({ selected, ...rest }: RowProps) {
  return <tr {...rest} role="row" data-selected={selected || undefined} />;
}

export type CellLook = {
  priority?: Priority | undefined;
  align?: "start" | "end" | undefined;
  /** Its place in the card: the four corners, a full line; `off` leaves it out. */
  card?: "name" | "status" | "line" | "foot" | "foot-end" | "actions" | "off" | undefined;
  /** Contains what an action of the row changes: left out once one took the row from the list, for it would contradict it. */
  state?: boolean | undefined;
  className?: string | undefined;
};
export type CellProps = Omit<ComponentProps<"td">, keyof CellLook> & CellLook;

/** The place and form of a cell; all cells of a column have the same. Looks: `rows.css`. */
export function cellLook({ priority = 1, align = "start", card = "line", state, className }: CellLook): string {
  return cn(
    align === "end" && "text-right tabular-nums",
    `card-${card}`,
    priority > 1 && `p${priority}`,
    state && "state",
    className,
  );
}

export function Cell({ priority, align, card, state, className, ...rest }: CellProps) {
  return <td {...rest} role="cell" className={cellLook({ priority, align, card, state, className })} />;
}
