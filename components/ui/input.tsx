import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

/** Shared by everything that looks like a field: inputs, selects, the trigger of a picker. A date that is cut would say another one. */
export const fieldLook =
  "w-full min-w-0 [&[type^=date]]:min-w-max rounded-md border border-control bg-surface px-2.5 h-field text-ui text-ink in-data-raised:bg-raised aria-invalid:border-danger-mark data-[size=l]:h-control-l data-[size=l]:px-3 data-[size=l]:text-sm disabled:border-line disabled:bg-sunken disabled:text-muted";

export type InputProps = ComponentProps<"input"> & {
  icon?: LucideIcon;
  /** Sits inside the field at its end: a button, a unit. */
  end?: ReactNode;
  fieldSize?: "default" | "l";
};

export function Input({ icon: Icon, end, fieldSize = "default", className, ...rest }: InputProps) {
  const input = (
    <input
      {...rest}
      data-size={fieldSize}
      className={cn(
        fieldLook,
        "[&[readonly]]:bg-sunken",
        Icon && "pl-8 data-[size=l]:pl-9",
        Boolean(end) && "pr-9",
        !Icon && !end && className,
      )}
    />
  );
  if (!Icon && !end) return input;
  return (
    <span className={cn("relative block w-full", className)}>
      {Icon && (
        <Icon className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-icon" aria-hidden />
      )}
      {input}
      {end && <span className="absolute inset-y-0 right-0.5 flex items-center">{end}</span>}
    </span>
  );
}
