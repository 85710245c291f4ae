"use client";
import { cn } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";

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
 * Rows that wait, with the height of those to come, so that nothing moves when they arrive. Drawn in the browser's code: a
 * fallback travels with every page, also with those that never show it.
 */
export function TableSkeleton({ columns, rows = 12, face, tall }: TableSkeletonProps) {
  return (
    <div className="rounded-lg border border-line" aria-busy="true">
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="h-[34px] rounded-t-[9px] border-b border-line bg-canvas max-s:hidden" />
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
          key={row}
          style={{ gridTemplateColumns: columns.join(" ") }}
          className={cn(
            "grid items-center gap-4 border-b border-line px-4 last:border-b-0 max-s:h-[86px]",
            tall ? "h-13" : "h-10",
          )}
        >
          {columns.map((column, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
            <span key={`${column}-${index}`} className={cn("flex items-center gap-2.5", index > 1 && "max-s:hidden")}>
              {face && index === 0 && <Skeleton className="size-6! flex-none max-s:hidden" />}
              <Skeleton className={widths[(row + index * 2) % widths.length] ?? ""} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
