"use client";
import { useEffect } from "react";
import type { FieldValues, Path, PathValue, UseFormReturn } from "react-hook-form";

/** What somebody else has saved, by field: it is shown where nothing is being edited. */
export function useStored<Input extends FieldValues>(form: UseFormReturn<Input, unknown, Input>, stored: Input): void {
  const key = JSON.stringify(stored);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` identifies what is stored
  useEffect(() => {
    for (const [name, value] of Object.entries(stored)) {
      const field = name as Path<Input>;
      if (!form.getFieldState(field).isDirty)
        form.resetField(field, { defaultValue: value as PathValue<Input, Path<Input>> });
    }
  }, [form, key]);
}
