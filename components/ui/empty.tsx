import type { ReactNode } from "react";
import { cn } from "./class-names";
import { type IconName, SpriteIcon } from "./sprite-icon";

interface EmptyProps {
  icon: IconName;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function Empty({ icon, title, children, actions, className }: EmptyProps) {
  return (
    <div className={cn("grid justify-items-center gap-1 px-4 pt-6 pb-7 text-center text-ui text-muted", className)}>
      <SpriteIcon name={icon} className="mb-1 size-5 text-icon" />
      <p className="max-w-full font-medium text-ink wrap-anywhere">{title}</p>
      {children && <div className="max-w-[min(60ch,100%)] wrap-anywhere">{children}</div>}
      {actions && <div className="mt-2.5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
