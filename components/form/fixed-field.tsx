import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";
import { SpriteIcon } from "@/components/ui/sprite-icon";

interface FixedFieldProps {
  label: ReactNode;
  value: ReactNode;
  /** Where it comes from and where to change it. */
  reason: ReactNode;
  className?: string;
}

/** A value that cannot be changed here, and why. */
export function FixedField({ label, value, reason, className }: FixedFieldProps) {
  const id = useId();
  return (
    <div className={cn("grid min-w-0 content-start gap-1.5", className)}>
      <span id={`${id}-label`} className="text-ui/[18px] font-medium">
        {label}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a group of controls where there is none */}
      <div
        role="group"
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-reason`}
        className="flex min-h-field items-center gap-2 rounded-md border border-line bg-sunken px-2.5 text-ui text-ink-2"
      >
        <span className="min-w-0 flex-1 truncate">{value}</span>
        <SpriteIcon name="lock" className="text-icon" />
      </div>
      <p id={`${id}-reason`} className="text-xs text-muted">
        {reason}
      </p>
    </div>
  );
}
