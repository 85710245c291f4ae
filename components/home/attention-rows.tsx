"use client";
import type { ReactNode } from "react";
import { useRowFocus } from "@/components/ui/focus";
import { Rows } from "@/components/ui/panel";

/** When the line with the focus is settled and goes, the focus stays in the list. */
export function AttentionRows({ children }: { children: ReactNode }) {
  return <Rows {...useRowFocus()}>{children}</Rows>;
}
