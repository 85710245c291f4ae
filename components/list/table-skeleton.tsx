import type { CSSProperties } from "react";

interface TableSkeletonProps {
  /** Widths of the columns in the table's own grid, as "minmax(0,2fr)"; the first may contain a face. */
  columns: string[];
  rows?: number;
  face?: boolean;
  /** Rows of two lines. */
  tall?: boolean;
}

const widths = ["w-3/5", "w-2/5", "w-1/2", "w-4/5", "w-2/3"];

/**
 * Rows that wait, with the height of those to come, so that nothing moves when they arrive. The server draws them, for those pages
 * alone that may show them (`Arriving`), so that a list has no script for them. Looks: `table-skeleton.css`.
 */
export function TableSkeleton({ columns, rows = 12, face, tall }: TableSkeletonProps) {
  const grid = { "--columns": columns.join(" ") } as CSSProperties;
  return (
    <div className="table-skeleton" style={grid} aria-busy="true" data-tall={tall || undefined}>
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="heads" />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={row}>
          {columns.map((_column, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
            <span key={index}>
              {face && index === 0 && <i className="face" />}
              <i className={widths[(row + index * 2) % widths.length]} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
