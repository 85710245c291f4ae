import { TableSkeleton } from "@/components/list/table-skeleton";

/** Rows that wait, in the grid of the list. */
export function AccountSkeleton() {
  return <TableSkeleton columns={["minmax(0,2.4fr)", "minmax(0,1.7fr)", "minmax(0,1.7fr)", "minmax(0,2.4fr)"]} />;
}
