import type { FieldValues, Path, UseFormReturn } from "react-hook-form";

/** The values of a form as they are, and how a field that is no input is given one. */
export function useWatched<T extends FieldValues, C, O>(form: UseFormReturn<T, C, O>) {
  const value = form.watch();
  const set = (field: keyof T & string, next: unknown) => {
    form.setValue(field as Path<T>, next as never, { shouldDirty: true });
    form.clearErrors(field as Path<T>);
  };
  return { value, set };
}
