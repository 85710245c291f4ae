import type { ReactNode } from "react";

export interface ListRow {
  id: string;
  row: ReactNode;
}

/**
 * The rows to show after those that were shown, when the server lists others. While any row is `kept`, none changes its
 * place: what was shown keeps its order, and a new row comes after the row before it in the server's order.
 */
export function mergeRows(shown: ListRow[], listed: ListRow[], kept: (id: string) => boolean): ListRow[] {
  if (!shown.some(({ id }) => kept(id))) return listed;
  const fresh = new Map(listed.map((row) => [row.id, row]));
  const merged = shown.flatMap((row) => fresh.get(row.id) ?? (kept(row.id) ? row : []));
  const placed = new Set(merged.map(({ id }) => id));
  listed.forEach((row, index) => {
    if (placed.has(row.id)) return;
    const before = listed[index - 1]?.id;
    merged.splice(merged.findIndex(({ id }) => id === before) + 1, 0, row);
  });
  return merged;
}
