import { TableSkeleton } from "@/components/list/table-skeleton";

/** Rows that wait, in the grid of the list. */
export function CredentialSkeleton() {
  return (
    <TableSkeleton columns={["minmax(0,2fr)", "minmax(0,1fr)", "minmax(0,2fr)", "minmax(0,1fr)", "minmax(0,1fr)"]} />
  );
}
