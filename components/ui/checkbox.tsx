import type { ComponentProps } from "react";
import { cn } from "./class-names";

export type CheckboxProps = Omit<ComponentProps<"input">, "type">;

/** A bare box; give it `aria-label` or put it beside its own label. Looks: `checkbox.css`. */
export function Checkbox({ className, ...rest }: CheckboxProps) {
  return (
    <span className={cn("checkbox", className)}>
      <input {...rest} type="checkbox" />
    </span>
  );
}
