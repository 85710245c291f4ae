"use client";
import { type ComponentProps, type ReactNode, useEffect, useId, useImperativeHandle, useRef } from "react";
import { cn } from "./class-names";

type CheckboxProps = Omit<ComponentProps<"input">, "type"> & { mixed?: boolean };

/** A bare box; give it `aria-label` or put it beside its own label. `mixed` draws a dash: some, not all. Looks: `checkbox.css`. */
export function Checkbox({ className, mixed = false, ref, ...rest }: CheckboxProps) {
  const own = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => own.current as HTMLInputElement);
  useEffect(() => {
    if (own.current) own.current.indeterminate = mixed;
  }, [mixed]);
  return (
    <span className={cn("checkbox", className)}>
      <input {...rest} ref={own} type="checkbox" />
    </span>
  );
}

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
