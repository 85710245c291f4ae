"use client";
import { useState } from "react";
import { CheckLine } from "@/components/ui/check-line";
import { cn } from "@/components/ui/class-names";
import { Input, type InputProps } from "@/components/ui/input";
import { firstYear, lastYear } from "@/lib/time/ends";

/** What a browser offers of the years in which ends lie; the server refuses the others at the field (U1). */
export const endYears = { min: `${firstYear}-01-01T00:00`, max: `${lastYear}-12-31T23:59` };

type EndInputProps = Omit<InputProps, "type" | "value" | "onChange" | "end"> & {
  /** The value of a `datetime-local` field, "now", or blank for no end. */
  value: string;
  onChange: (value: string) => void;
  /** What ends, for people who do not see the line "Ends now". */
  what?: string;
  /** False where nothing has begun that could end. */
  now?: boolean;
};

/** Until when something lasts: a date and time, or "Ends now", which ends it with the change. */
export function EndInput({ value, onChange, what, now = true, className, disabled, ...rest }: EndInputProps) {
  const atOnce = value === "now";
  const [dated, setDated] = useState(atOnce ? "" : value);
  // A box ticked by a slip takes no date away, which would leave no end at all.
  if (!atOnce && value !== dated) setDated(value);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <Input
        {...rest}
        {...endYears}
        type="datetime-local"
        value={atOnce ? "" : value}
        disabled={disabled || atOnce}
        onChange={(event) => onChange(event.target.value)}
        className={cn("flex-1", className)}
      />
      {now && (
        <CheckLine
          label="Ends now"
          aria-description={what}
          checked={atOnce}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked ? "now" : dated)}
        />
      )}
    </span>
  );
}
