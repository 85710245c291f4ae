import type { ComponentType, ReactNode } from "react";
import { cn } from "./class-names";

export type Tone = "positive" | "accent" | "warning" | "danger" | "muted";

const words: Record<Tone, string> = {
  positive: "text-positive",
  accent: "text-accent-ink",
  warning: "text-warning",
  danger: "text-danger",
  muted: "text-muted",
};
const grounds: Record<Tone, string> = {
  positive: "bg-positive-subtle",
  accent: "bg-accent-subtle",
  warning: "bg-warning-subtle",
  danger: "bg-danger-subtle",
  muted: "bg-press",
};

export interface StatusLook {
  tone: Tone;
  /** `dot` is the filled dot with its halo. */
  icon: ComponentType<{ className?: string; "aria-hidden"?: boolean }> | "dot";
}

interface StatusProps extends StatusLook {
  children: ReactNode;
  look?: "plain" | "pill";
  turning?: boolean;
  className?: string;
}

/** Icon, word and colour together; never colour alone. */
export function Status({ tone, icon: Icon, children, look = "plain", turning, className }: StatusProps) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 align-middle whitespace-nowrap",
        words[tone],
        look === "plain" ? "text-ui" : cn("h-6 rounded-full pr-[9px] pl-[7px] text-xs font-medium", grounds[tone]),
        className,
      )}
    >
      {Icon === "dot" ? (
        <svg viewBox="0 0 24 24" fill="currentColor" aria-hidden className="size-3.5 flex-none">
          <circle cx="12" cy="12" r="6.5" />
          <circle cx="12" cy="12" r="10.5" opacity=".2" />
        </svg>
      ) : (
        <Icon aria-hidden className={cn("size-3.5 stroke-2", turning && "animate-turn")} />
      )}
      {children}
    </span>
  );
}
