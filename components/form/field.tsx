import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";
import { SpriteIcon } from "@/components/ui/sprite-icon";

interface ControlProps {
  id?: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | undefined;
  "aria-required"?: boolean | undefined;
}

interface FieldProps {
  label: ReactNode;
  /** One control, which receives id, aria-describedby and aria-invalid. */
  children: ReactElement<ControlProps>;
  hint?: ReactNode;
  error?: string | undefined;
  /** Says so in words; a field without it is required. */
  optional?: boolean;
  className?: string;
}

export function Field({ label, children, hint, error, optional, className }: FieldProps) {
  const ownId = useId();
  const id = children.props.id ?? ownId;
  const hintId = `${ownId}-hint`;
  const errorId = `${ownId}-error`;
  const describedBy = [error && errorId, hint && hintId, children.props["aria-describedby"]].filter(Boolean).join(" ");
  return (
    <div className={cn("grid min-w-0 content-start gap-1.5", className)}>
      <div className="flex min-w-0 items-baseline gap-1.5">
        <label htmlFor={id} className="text-ui/[18px] font-medium">
          {label}
        </label>
        {optional && <span className="text-xs text-muted">optional</span>}
      </div>
      {cloneElement(children, {
        id,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      <FieldError id={errorId}>{error}</FieldError>
      {hint && (
        <p id={hintId} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** The sentence under a wrong field; nothing at all when there is none. */
export function FieldError({ id, children }: { id?: string; children?: ReactNode }) {
  if (!children) return null;
  return (
    <p id={id} className="flex items-start gap-1.5 text-xs text-danger">
      <SpriteIcon name="triangle-exclamation-point" className="mt-px size-3.5 stroke-2" />
      <span>{children}</span>
    </p>
  );
}
