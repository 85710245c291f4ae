import { type ReactNode, Suspense } from "react";

type ArrivingProps = { soft: boolean; fallback: ReactNode; children: ReactNode };

/** Lets a part of a page come behind a skeleton where the frame stands already; else the page waits for it. */
export function Arriving({ soft, fallback, children }: ArrivingProps) {
  return soft ? <Suspense fallback={fallback}>{children}</Suspense> : children;
}
