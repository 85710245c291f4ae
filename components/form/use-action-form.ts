"use client";
import { type RefObject, type SubmitEventHandler, useRef, useState, useTransition } from "react";
import { type DefaultValues, type FieldValues, type UseFormReturn, useForm } from "react-hook-form";
import { type LateSchema, lateResolver } from "@/components/form/late-resolver";
import { type FormProblem, type Refusal, stillWrong, wrongInLines } from "@/components/form/problem";
import { proving } from "@/components/form/step-up";
import { type DraftOffer, type DraftOptions, useDraft } from "@/components/form/use-draft";
import { Withdrawn } from "@/components/form/withdrawn";
import { useListRow } from "@/components/list/kept-rows";
import type { ActionResult } from "@/lib/http/action";
import { landRefusal } from "./land-refusal";
import { unanswered } from "./unanswered";

export interface ActionFormOptions<Input extends FieldValues, Output, Value> {
  schema: LateSchema<Input, Output>;
  /** Receives what was typed, not what the schema makes of it: the server parses again. Withdrawn leaves all as it was. */
  action: (input: Input) => Promise<ActionResult<Value>>;
  defaultValues: DefaultValues<Input>;
  /** How edits outlast a way out of the form. Null where nothing is edited: a proof, or a question with a button. */
  draft: DraftOptions<Input> | null;
  onSuccess?: (value: Value, input: Input, form: UseFormReturn<Input, unknown, Input>) => void;
  /** Returns "handled" when the refusal is shown elsewhere, as a conflict is; then `problem` stays empty. */
  onRefused?: (refusal: Refusal, input: Input) => "handled" | undefined;
  /** What the row that has the form's dialog says where this takes it from its list, as "disabled". */
  settled?: string;
  /** For a form that answers what another form waits for: React would let neither out of its transition alone. */
  apart?: boolean;
}

export interface ActionForm<Input extends FieldValues> {
  form: UseFormReturn<Input, unknown, Input>;
  submit: SubmitEventHandler<HTMLFormElement>;
  /** To be spread on `Form`. */
  formProps: {
    onSubmit: SubmitEventHandler<HTMLFormElement>;
    ref: RefObject<HTMLFormElement | null>;
    onFocus: () => void;
    offer: DraftOffer | null;
  };
  pending: boolean;
  /** What a refusal named and is still wrong: what is corrected or checked again leaves it. */
  problem: FormProblem | null;
}

/**
 * One form, one schema, one action. Field errors from the server land on their fields and the first takes the focus;
 * a second submit while the first runs does nothing; what was typed is kept on every refusal. Render it with `Form`.
 */
export function useActionForm<Input extends FieldValues, Output, Value>(
  options: ActionFormOptions<Input, Output, Value>,
): ActionForm<Input> {
  const { schema, action, defaultValues, draft: draftOptions } = options;
  const { onSuccess, onRefused, settled = "changed", apart = false } = options;
  const row = useListRow();
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [changing, startTransition] = useTransition();
  const [sending, setSending] = useState(false);
  const running = useRef(false);
  const [{ fetch, resolver }] = useState(() => lateResolver(schema));
  const form = useForm<Input, unknown, Input>({
    resolver,
    defaultValues,
    mode: "onSubmit",
    reValidateMode: "onChange",
  });
  const draft = useDraft(form, draftOptions);

  async function send(input: Input, settle?: (word: string | null) => void) {
    let done: string | null = null;
    setProblem(null);
    try {
      const result = await proving(() => action(input));
      if (!result.ok) return refuse(result, input);
      done = settled;
      onSuccess?.(result.value, input, form);
      draft.saved();
    } catch (error) {
      if (error instanceof Withdrawn) return;
      setProblem({
        code: "unreachable",
        message: unanswered(error, "The server didn't respond. Your entries are kept. Try again."),
        fields: {},
      });
    } finally {
      running.current = false;
      settle?.(done);
    }
  }

  async function sendApart(input: Input, settle?: (word: string | null) => void) {
    setSending(true);
    await send(input, settle);
    setSending(false);
  }

  function refuse(refusal: Refusal, input: Input) {
    if (onRefused?.(refusal, input) === "handled") return;
    setProblem(landRefusal(form, refusal));
  }

  const submit: SubmitEventHandler<HTMLFormElement> = (event) => {
    event.preventDefault();
    if (running.current || !isReadable(event.currentTarget)) return;
    void form.handleSubmit(
      (input) => {
        if (running.current) return;
        running.current = true;
        const settle = row?.act();
        if (apart) void sendApart(input, settle);
        else startTransition(() => send(input, settle));
      },
      (errors) => {
        const message = wrongInLines(errors);
        setProblem(message ? { code: "invalid", message, fields: {}, inLines: true } : null);
      },
    )(event);
  };

  return {
    form,
    submit,
    formProps: { onSubmit: submit, onFocus: () => void fetch(), ref: draft.element, offer: draft.offer },
    pending: changing || sending,
    problem: problem && stillWrong(problem, form.formState.errors),
  };
}

/** Half a date has no value that a schema could refuse: it would pass as none. The browser asks for the rest itself. */
function isReadable(form: HTMLFormElement): boolean {
  const half = [...form.elements].find((element) => element instanceof HTMLInputElement && element.validity.badInput);
  return !(half instanceof HTMLInputElement) || half.reportValidity();
}
