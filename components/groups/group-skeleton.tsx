import { TableSkeleton } from "@/components/list/table-skeleton";

/** Rows that wait, in the grid of the list. */
export function GroupSkeleton() {
  return <TableSkeleton columns={["minmax(0,3fr)", "minmax(0,1.6fr)", "minmax(0,1.8fr)", "minmax(0,0.8fr)"]} />;
}
