import { Check, Minus } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

/** A bare box; give it `aria-label` or put it beside its own label. `mixed` draws a dash (set by script). */
export function Checkbox({ className, mixed, ...rest }: Omit<ComponentProps<"input">, "type"> & { mixed?: boolean }) {
  return (
    <span className={cn("relative inline-grid size-4 flex-none place-items-center", className)}>
      <input
        {...rest}
        type="checkbox"
        aria-checked={mixed ? "mixed" : undefined}
        className={cn(
          "peer size-4 appearance-none rounded-sm border border-control bg-surface checked:border-accent checked:bg-accent aria-invalid:border-danger-mark disabled:border-line disabled:bg-sunken disabled:checked:bg-control in-data-raised:not-checked:bg-raised",
          mixed && "border-accent bg-accent",
        )}
      />
      {mixed ? (
        <Minus aria-hidden className="pointer-events-none absolute size-3 stroke-3 text-accent-on" />
      ) : (
        <Check
          aria-hidden
          className="pointer-events-none absolute hidden size-3 stroke-3 text-accent-on peer-checked:block"
        />
      )}
    </span>
  );
}

interface CheckProps extends Omit<ComponentProps<"input">, "type"> {
  label: ReactNode;
  hint?: ReactNode;
}

/** A checkbox with its words; the whole line can be pressed. */
export function CheckLine({ label, hint, className, ...rest }: CheckProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside Checkbox
    <label className={cn("inline-flex items-start gap-2 text-ui coarse:py-1.5", className)}>
      <Checkbox {...rest} className="mt-0.5" />
      <span>
        {label}
        {hint && <span className="block text-xs text-muted">{hint}</span>}
      </span>
    </label>
  );
}
