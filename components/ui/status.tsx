import type { ReactNode } from "react";
import { cn } from "./class-names";
import { type IconName, SpriteIcon } from "./sprite-icon";

export type Tone = "positive" | "accent" | "warning" | "danger" | "muted";

export interface StatusLook {
  tone: Tone;
  /** `dot` is the filled dot with its halo. */
  icon: IconName | "dot";
}

interface StatusProps extends StatusLook {
  children: ReactNode;
  look?: "plain" | "pill";
  turning?: boolean;
  className?: string;
}

/** Icon, word and colour together; never colour alone. Looks: `status.css`. */
export function Status({ tone, icon, children, look, turning, className }: StatusProps) {
  return (
    <span className={cn("status", className)} data-tone={tone} data-pill={look === "pill" || undefined}>
      {icon === "dot" ? (
        <svg viewBox="0 0 24 24" fill="currentColor" aria-hidden>
          <circle cx="12" cy="12" r="6.5" />
          <circle cx="12" cy="12" r="10.5" opacity=".2" />
        </svg>
      ) : (
        <SpriteIcon name={icon} className={turning ? "animate-turn" : undefined} />
      )}
      {children}
    </span>
  );
}
