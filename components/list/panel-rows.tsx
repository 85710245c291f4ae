"use client";
import { useRowFocus } from "@/components/ui/focus";
import { Rows } from "@/components/ui/panel";
import { useKeptRows } from "./kept-rows";
import type { ListRow } from "./merge-rows";

/** The lines of a panel; `label` names them. When the one with the focus goes, the focus stays among them. */
export function PanelRows({ rows, label }: { rows: ListRow[]; label: string | undefined }) {
  const kept = useKeptRows(rows);
  return (
    <Rows {...useRowFocus()} aria-label={label}>
      {kept}
    </Rows>
  );
}
