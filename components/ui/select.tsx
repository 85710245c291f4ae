import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { SpriteIcon } from "./sprite-icon";

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

type SelectProps = ComponentProps<"select"> & {
  /** Rendered as options; `children` (optgroups) come after them. */
  options?: SelectOption[];
  fieldSize?: "default" | "l";
};

export function Select({ options = [], fieldSize = "default", className, children, ...rest }: SelectProps) {
  return (
    <span className={cn("relative block w-full", className)}>
      <select {...rest} data-size={fieldSize} className="field appearance-none truncate pr-8">
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
      <SpriteIcon
        name="chevron-down"
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-icon"
      />
    </span>
  );
}
