import { Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

const tones = {
  info: { box: "bg-sunken", icon: "text-icon", Icon: Info },
  accent: { box: "bg-accent-subtle", icon: "text-accent-ink", Icon: Info },
  warning: { box: "bg-warning-subtle", icon: "text-warning", Icon: TriangleAlert },
  danger: { box: "bg-danger-subtle", icon: "text-danger", Icon: TriangleAlert },
};

interface NoteProps {
  tone?: keyof typeof tones;
  /** First sentence, in bold. */
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** `alert` for an error that has just come up, `status` for a quiet one. */
  role?: "alert" | "status";
  className?: string;
}

export function Note({ tone = "info", title, children, actions, role, className }: NoteProps) {
  const { box, icon, Icon } = tones[tone];
  return (
    <div role={role} className={cn("flex gap-2.5 rounded-md px-3 py-2.5 text-ui/[19px] text-ink-2", box, className)}>
      <Icon aria-hidden className={cn("mt-px", icon)} />
      <div className="min-w-0 flex-1 wrap-break-word">
        {title && <b>{title}</b>}
        {title && children ? " " : null}
        {children}
      </div>
      {actions && <div className="-my-1 flex flex-none items-center gap-2">{actions}</div>}
    </div>
  );
}
