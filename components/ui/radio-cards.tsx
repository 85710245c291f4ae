import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./class-names";

const dotLook =
  "size-3.5 flex-none appearance-none rounded-full border border-control bg-surface checked:border-[4.5px] checked:border-accent checked:bg-accent-on disabled:bg-sunken in-data-raised:not-checked:bg-raised";

export function Radio({ className, ...rest }: Omit<ComponentProps<"input">, "type">) {
  return <input {...rest} type="radio" className={cn(dotLook, className)} />;
}

export interface RadioCard {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Why it cannot be chosen; shown in place of the hint. */
  reason?: ReactNode;
}

type RadioCardsProps = Omit<ComponentProps<"input">, "type" | "value" | "defaultValue"> & {
  legend: string;
  options: RadioCard[];
  value?: string;
  defaultValue?: string;
  columns?: 1 | 2 | 3;
};

/** A group of radio buttons as cards, named by their labels and described by their hints; further props (register) go to every input. */
export function RadioCards(props: RadioCardsProps) {
  const { legend, options, value, defaultValue, columns = 1, className, ...rest } = props;
  const id = useId();
  return (
    <fieldset className={cn("min-w-0", className)}>
      <legend className="mb-1.5 text-ui/[18px] font-medium">{legend}</legend>
      <div className={cn("grid gap-2", columns === 2 && "s:grid-cols-2", columns === 3 && "s:grid-cols-3")}>
        {options.map((option) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside Radio
          <label
            key={option.value}
            className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2.5 text-ui hover:bg-hover has-checked:border-accent-line has-checked:bg-selected has-disabled:bg-sunken has-disabled:text-muted"
          >
            <Radio
              {...rest}
              value={option.value}
              aria-labelledby={`${id}-${option.value}`}
              aria-describedby={(option.reason ?? option.hint) ? `${id}-${option.value}-hint` : undefined}
              checked={value === undefined ? undefined : value === option.value}
              defaultChecked={defaultValue === undefined ? undefined : defaultValue === option.value}
              disabled={rest.disabled || option.reason !== undefined}
              className="mt-[3px]"
            />
            <span className="min-w-0">
              <span id={`${id}-${option.value}`} className="block font-medium">
                {option.label}
              </span>
              {(option.reason ?? option.hint) && (
                <span id={`${id}-${option.value}-hint`} className="block text-xs text-muted">
                  {option.reason ?? option.hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
