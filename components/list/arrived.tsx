"use client";
import { type ReactNode, Suspense, useState } from "react";

type ArrivedProps = { fallback: ReactNode; children: ReactNode };

/** How it first came is how it stays: a list that was redrawn inside another frame would lose its open menus and dialogs. */
export function Arrived({ fallback, children }: ArrivedProps) {
  const [soft] = useState(fallback !== null);
  return soft ? <Suspense fallback={fallback}>{children}</Suspense> : children;
}
