import { TableSkeleton } from "@/components/list/table-skeleton";

/** Rows that wait, in the grid of the list. */
export function ResourceSkeleton() {
  return (
    <TableSkeleton
      columns={["minmax(0,2.4fr)", "minmax(0,1fr)", "minmax(0,1.4fr)", "minmax(0,1.6fr)", "minmax(0,0.9fr)"]}
    />
  );
}
