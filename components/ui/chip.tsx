import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

interface ChipProps {
  children: ReactNode;
  /** What stays in sight when the rest is cut. */
  end?: ReactNode;
  icon?: LucideIcon;
  look?: "filled" | "line";
  title?: string;
  className?: string;
}

export function Chip({ children, end, icon: Icon, look = "filled", title, className }: ChipProps) {
  return (
    <span
      title={title}
      className={cn(
        "inline-flex h-5 max-w-full items-center gap-1 rounded-sm px-1.5 text-xs whitespace-nowrap text-ink-2",
        look === "filled" ? "bg-press" : "inset-ring inset-ring-line-strong",
        className,
      )}
    >
      {Icon && <Icon aria-hidden className="size-3 flex-none stroke-2 text-icon" />}
      <span className="flex min-w-0">
        <span className="truncate">{children}</span>
        {end && <span className="flex-none whitespace-pre">{end}</span>}
      </span>
    </span>
  );
}
