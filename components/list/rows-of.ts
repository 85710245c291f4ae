import { Children, isValidElement, type ReactNode } from "react";
import type { ListRow } from "./merge-rows";

/** The rows among some children, by their keys. To be called where the children are made: only there are keys to be seen. */
export const rowsOf = (children: ReactNode): ListRow[] =>
  Children.toArray(children).flatMap((row) => (isValidElement(row) ? { id: String(row.key), row } : []));
