"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** What every page of a user has in its head but "User Details", which has it in its summary. */
export function BesideDetails({ id, children }: { id: string; children: ReactNode }) {
  return usePathname() === `/admin/users/${id}` ? null : children;
}
