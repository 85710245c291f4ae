"use client";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Checkbox } from "./checkbox";
import { cn } from "./class-names";

interface CheckProps extends Omit<ComponentProps<"input">, "type"> {
  label: ReactNode;
  hint?: ReactNode;
}

/** A checkbox with its words; the whole line can be pressed. Its name is the label, the hint describes it. */
export function CheckLine({ label, hint, className, ...rest }: CheckProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside Checkbox
    <label className={cn("check-line", className)}>
      <Checkbox
        {...rest}
        {...(hint && {
          "aria-labelledby": `${id}-label`,
          "aria-describedby": cn(`${id}-hint`, rest["aria-describedby"]),
        })}
      />
      <span>
        <span id={hint ? `${id}-label` : undefined}>{label}</span>
        {hint && <small id={`${id}-hint`}>{hint}</small>}
      </span>
    </label>
  );
}
