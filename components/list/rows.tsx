// biome-ignore-all lint/a11y/noRedundantRoles: on phones `display` changes, and the roles would be lost
"use client";
import { useRowFocus } from "@/components/ui/focus";
import { useKeptRows } from "./kept-rows";
import type { ListRow } from "./merge-rows";

/** The rows of a table. When the one with the focus goes, the focus stays in the table. */
export function TableRows({ rows }: { rows: ListRow[] }) {
  const kept = useKeptRows(rows);
  return (
    <tbody {...useRowFocus()} role="rowgroup" className="rows">
      {kept}
    </tbody>
  );
}
