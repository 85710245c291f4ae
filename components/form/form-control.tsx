"use client";
import { memo, type RefObject, useEffect, useLayoutEffect } from "react";
import type { FieldValues, Path, PathValue } from "react-hook-form";
import { typedIn } from "@/components/form/typed-in";
import { type ActionForm, type ActionFormOptions, useActionForm } from "@/components/form/use-action-form";

export interface FormControlProps<Input extends FieldValues, Output, Value> {
  options: ActionFormOptions<Input, Output, Value>;
  element: RefObject<HTMLFormElement | null>;
  /** How often the form was sent before this was there: where it cannot be had, `late` says so each time. */
  pressed: number;
  publish: (form: ActionForm<Input>) => void;
}

/** What runs the fields of `useLateForm`, which are drawn already; it takes over what was typed into them. */
function Control<Input extends FieldValues, Output, Value>(props: FormControlProps<Input, Output, Value>) {
  const { options, element, publish } = props;
  const made = useActionForm(options);
  const { form, formProps } = made;

  function takeOver() {
    for (const [name, value] of typedIn(element.current, options.defaultValues))
      form.setValue(name as Path<Input>, value as PathValue<Input, Path<Input>>, { shouldDirty: true });
  }

  // Before the fields are registered: registering gives them the values of the form.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a form
  useLayoutEffect(() => {
    formProps.ref.current = element.current;
    takeOver();
  }, []);
  // The draft listens by now, and keeps what was typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a form
  useEffect(() => {
    takeOver();
    formProps.onFocus();
  }, []);
  useLayoutEffect(() => publish(made));
  return null;
}

export const FormControl = memo(Control) as typeof Control;
