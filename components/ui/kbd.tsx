import type { ReactNode } from "react";

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-line bg-canvas px-1 font-sans text-2xs font-medium text-muted">
      {children}
    </kbd>
  );
}
