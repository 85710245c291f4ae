import type { ReactNode } from "react";
import { cn } from "./class-names";

/** A button of a page that may be off, above the reason that is shown for it. */
export function AboveReason({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cn("grid max-w-64 justify-items-end gap-1 text-end", className)}>{children}</div>;
}
