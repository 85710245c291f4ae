import type { ReactNode } from "react";
import { cn } from "./class-names";
import { type IconName, SpriteIcon } from "./sprite-icon";

interface ChipProps {
  children: ReactNode;
  /** What stays in sight when the rest is cut. */
  end?: ReactNode;
  icon?: IconName;
  look?: "filled" | "line";
  title?: string;
  className?: string;
}

export function Chip({ children, end, icon, look = "filled", title, className }: ChipProps) {
  return (
    <span title={title} className={cn("chip-box", look, className)}>
      {icon && <SpriteIcon name={icon} />}
      <span>
        <span>{children}</span>
        {end && <span className="end">{end}</span>}
      </span>
    </span>
  );
}
