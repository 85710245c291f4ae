import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

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
        "field",
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
