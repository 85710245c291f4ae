"use client";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { useReadOnly } from "@/components/form/read-only";
import { Button, type ButtonProps } from "@/components/ui/button";

type SubmitButtonProps = Omit<ButtonProps, "type"> & {
  children: ReactNode;
  /** From useActionForm; a plain form action is noticed by itself. */
  pending?: boolean;
  /** Its label in the meantime, such as "Saving". */
  pendingLabel?: string;
  /** False while nothing has changed: then the button is off and says so. */
  changed?: boolean;
  /** It changes nothing that a page for reading alone is about, as "Sign out" does not. */
  always?: boolean;
};

export function SubmitButton({
  children,
  pending = false,
  pendingLabel,
  changed = true,
  always = false,
  reason,
  variant = "primary",
  ...rest
}: SubmitButtonProps) {
  const { pending: posting } = useFormStatus();
  const busy = pending || posting;
  const readOnly = useReadOnly();
  const why = (always ? reason : (readOnly ?? reason)) ?? (changed || busy ? undefined : "Nothing has changed yet.");
  return (
    <Button
      showReason
      {...rest}
      type="submit"
      variant={variant}
      reason={why}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : rest.onClick?.(event))}
    >
      {busy ? (pendingLabel ?? children) : children}
    </Button>
  );
}
