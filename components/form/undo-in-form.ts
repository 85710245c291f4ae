import type { DefaultValues, FieldValues, Path, UseFormReturn } from "react-hook-form";
import { typedOver } from "@/components/form/draft";
import type { ActionResult } from "@/lib/http/action";

/**
 * Runs the save that brings `before` back. The form then continues with what is stored; what was typed since the first
 * save stays, as unsaved edits.
 */
export async function undoInForm<Input extends FieldValues & { version: number }, Saved extends { version: number }>(
  form: UseFormReturn<Input, unknown, Input>,
  before: Input,
  save: () => Promise<ActionResult<Saved>>,
): Promise<ActionResult<Saved>> {
  const result = await save();
  if (!result.ok) return result;
  const typed = typedOver(form.formState.defaultValues ?? {}, form.getValues());
  form.reset({ ...before, version: result.value.version } as DefaultValues<Input>);
  for (const [field, value] of Object.entries(typed))
    form.setValue(field as Path<Input>, value as never, { shouldDirty: true });
  return result;
}
