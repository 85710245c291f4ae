"use client";
import { type ReactNode, Suspense, useState } from "react";

type ArrivingProps = { soft: boolean; fallback: ReactNode; children: ReactNode };

/**
 * Lets a part of a page come behind a skeleton where the frame stands already; else the page waits for it. How it first
 * came is how it stays: a list that was redrawn inside another frame would lose its open menus and dialogs.
 */
export function Arriving({ soft, fallback, children }: ArrivingProps) {
  const [first] = useState(soft);
  return first ? <Suspense fallback={fallback}>{children}</Suspense> : children;
}
