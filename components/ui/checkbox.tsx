"use client";
import { Check, Minus } from "lucide-react";
import { type ComponentProps, type ReactNode, useEffect, useId, useImperativeHandle, useRef } from "react";
import { cn } from "./class-names";

type CheckboxProps = Omit<ComponentProps<"input">, "type"> & { mixed?: boolean };

/** A bare box; give it `aria-label` or put it beside its own label. `mixed` draws a dash: some, not all. */
export function Checkbox({ className, mixed = false, ref, ...rest }: CheckboxProps) {
  const own = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => own.current as HTMLInputElement);
  useEffect(() => {
    if (own.current) own.current.indeterminate = mixed;
  }, [mixed]);
  return (
    <span className={cn("relative inline-grid size-4 flex-none place-items-center align-middle", className)}>
      <input
        {...rest}
        ref={own}
        type="checkbox"
        className="peer size-4 appearance-none rounded-sm border border-control bg-surface checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent aria-invalid:border-danger-mark disabled:border-line disabled:bg-sunken disabled:checked:bg-control in-data-raised:not-checked:not-indeterminate:bg-raised coarse:after:absolute coarse:after:-inset-2"
      />
      <Check
        aria-hidden
        className="pointer-events-none absolute hidden size-3 stroke-3 text-accent-on peer-checked:not-peer-indeterminate:block"
      />
      <Minus
        aria-hidden
        className="pointer-events-none absolute hidden size-3 stroke-3 text-accent-on peer-indeterminate:block"
      />
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
    <label className={cn("inline-flex max-w-full items-start gap-2 text-ui coarse:py-1.5", className)}>
      <Checkbox
        {...rest}
        aria-labelledby={`${id}-label`}
        aria-describedby={cn(hint && `${id}-hint`, rest["aria-describedby"]) || undefined}
        className="mt-0.5"
      />
      <span className="min-w-0 wrap-anywhere">
        <span id={`${id}-label`}>{label}</span>
        {hint && (
          <span id={`${id}-hint`} className="block text-xs text-muted">
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
