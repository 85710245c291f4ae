import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface AdministratorsOnlyProps {
  title: string;
  hint: string;
  /** It has something to say. */
  open: boolean;
  children: ReactNode;
}

/** Folds the form while a provider is the only way to sign in. Works without JavaScript. */
export function AdministratorsOnly({ title, hint, open, children }: AdministratorsOnlyProps) {
  return (
    <details open={open || undefined} className="group border-t border-line pt-3">
      <summary className="flex min-h-8 w-fit cursor-pointer list-none items-center gap-1.5 rounded-sm text-ui text-ink-2 max-s:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 text-icon group-open:rotate-90 motion-safe:transition-transform"
        />
        {title}
      </summary>
      <div className="mt-3 grid gap-4">
        <p className="text-ui text-muted">{hint}</p>
        {children}
      </div>
    </details>
  );
}
