// biome-ignore-all lint/a11y/noRedundantRoles: on phones `display` changes, and the roles would be lost
"use client";
import type { ReactNode } from "react";
import { useRowFocus } from "@/components/ui/focus";

/** The rows of a table. When the one with the focus goes, the focus stays in the table. */
export function Rows({ children }: { children: ReactNode }) {
  return (
    <tbody {...useRowFocus()} role="rowgroup" className="max-s:block">
      {children}
    </tbody>
  );
}
