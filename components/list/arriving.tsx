"use client";
import { type ReactNode, Suspense, useState } from "react";

type ArrivingProps = { soft: boolean; fallback: ReactNode; children: ReactNode };

/**
 * Shows a skeleton for a part of a page where the frame is shown already; else the page waits for it. How it first
 * came is how it stays: a list that was redrawn inside another frame would lose its open menus and dialogs.
 */
export function Arriving({ soft, fallback, children }: ArrivingProps) {
  const [first] = useState(soft);
  return first ? <Suspense fallback={fallback}>{children}</Suspense> : children;
}
