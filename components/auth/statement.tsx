import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface StatementProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  actions: ReactNode;
}

/** A page that says one thing and the way on. */
export function Statement({ icon: Icon, title, children, actions }: StatementProps) {
  return (
    <div className="mx-auto grid max-w-[60ch] justify-items-center gap-2 px-4 py-16 text-center">
      <Icon aria-hidden className="size-6 text-icon" />
      <h1 className="text-xl font-semibold">{title}</h1>
      <p className="text-ink-2">{children}</p>
      <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>
    </div>
  );
}
