"use client";
import { TableSkeleton } from "@/components/list/table-skeleton";

/** Rows that wait, in the grid of the list. */
export function UserSkeleton() {
  return (
    <TableSkeleton
      face
      columns={["minmax(0,1.3fr)", "minmax(0,1fr)", "minmax(0,1.6fr)", "minmax(0,1.6fr)", "minmax(0,1fr)"]}
    />
  );
}
