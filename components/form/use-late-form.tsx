"use client";
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { hasDraft } from "@/components/form/draft";
import type { FormControlProps } from "@/components/form/form-control";
import { typedIn } from "@/components/form/typed-in";
import { usePerson } from "@/components/form/unsaved-changes";
import type { ActionForm, ActionFormOptions } from "@/components/form/use-action-form";
import { late } from "@/components/ui/late";

const loadControl = () => import("@/components/form/form-control");
const FormControl = late<FormControlProps<never, never, never>>(() =>
  loadControl().then((module) => module.FormControl),
);
const fetchControl = () => void loadControl().catch(() => {});

/**
 * As `useActionForm`, for a form that stands open beside a list: what runs it is fetched when somebody comes near. Its fields
 * are drawn before that and stay, with the focus and what was typed into them; a form that was sent early is sent then. Its
 * values are strings. `control` is to be drawn inside of the `Form`, and `options` are read once.
 */
export function useLateForm<Input extends FieldValues, Output, Value>(
  options: ActionFormOptions<Input, Output, Value>,
) {
  const [kept] = useState(options);
  const { defaultValues, draft } = kept;
  const person = usePerson();
  const element = useRef<HTMLFormElement>(null);
  const [near, setNear] = useState(false);
  const [pressed, setPressed] = useState(0);
  const [live, setLive] = useState<ActionForm<Input> | null>(null);
  const waiting = useRef<((form: UseFormReturn<Input, unknown, Input>) => void)[]>([]);
  const come = () => setNear(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a page
  useEffect(() => {
    const { activeElement } = document;
    const touched = element.current?.contains(activeElement) || typedIn(element.current, defaultValues).length > 0;
    if (touched || (person && draft && hasDraft(person, draft.form))) come();
  }, []);
  useEffect(() => {
    if (live) for (const act of waiting.current.splice(0)) act(live.form);
  }, [live]);

  /** Calls this with the form, as soon as it is there. */
  function withForm(act: (form: UseFormReturn<Input, unknown, Input>) => void) {
    if (live) return act(live.form);
    waiting.current.push(act);
    come();
  }

  const idle: ActionForm<Input>["formProps"] = {
    ref: element,
    offer: null,
    onFocus: come,
    onSubmit: (event: SubmitEvent<HTMLFormElement>) => {
      event.preventDefault();
      setPressed((last) => last + 1);
      // Later: this event may still be on its way, and a form is not sent again until it is over.
      waiting.current = [() => setTimeout(() => element.current?.requestSubmit())];
      come();
    },
  };
  const control: ReactNode = near && (
    <FormControl options={kept as never} element={element} pressed={live ? 0 : pressed} publish={setLive as never} />
  );
  return {
    formProps: { ...(live?.formProps ?? idle), ref: element, onPointerEnter: fetchControl },
    register: (name: Path<Input>) => ({
      ...(live?.form.register(name) ?? { name }),
      defaultValue: defaultValues[name] as string,
    }),
    errors: live?.form.formState.errors,
    changes: Object.values(live?.form.formState.dirtyFields ?? {}).filter(Boolean).length,
    values: live?.form.watch() ?? defaultValues,
    pending: live?.pending ?? false,
    problem: live?.problem ?? null,
    withForm,
    control,
  };
}
