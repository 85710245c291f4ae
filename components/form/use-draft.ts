"use client";
import { useEffect, useRef, useState } from "react";
import type { FieldValues, Path, PathValue, UseFormReturn } from "react-hook-form";
import {
  besideWith,
  type Draft,
  type DraftPlace,
  draftOf,
  fits,
  keepDraft,
  readDraft,
  together,
  typedOver,
} from "@/components/form/draft";
import { usePerson } from "@/components/form/unsaved-changes";
import { focusFirstFieldOf } from "@/components/ui/focus";
import { useReading } from "@/components/ui/reading";
import { holdUnsaved } from "@/components/ui/unsaved";

export interface DraftOptions<Input> {
  /** Names the form, the same for every record. */
  form: string;
  /** The id of the record, where the form is about one. */
  record?: string;
  /** The fields that may be kept in this tab. Never a password, a code or a token; with none, the form only asks. */
  fields: readonly (keyof Input & string)[];
  /** Compares both edits when somebody else saved in the meantime; other forms do not offer a draft then. */
  compares?: boolean;
  /** By field, what the form shows beside it, such as the names of chosen people. It is kept as JSON. */
  beside?: Beside<Input>;
}

interface Beside<Input> {
  value: { [Field in keyof Input]?: unknown };
  restore: (value: never) => void;
}

/** A draft that this form was left with. It stays kept until it is answered, whatever is typed in the meantime. */
export interface DraftOffer {
  /** When the last edit was made; ISO 8601. */
  at: string;
  restore: () => void;
  discard: () => void;
}

/** Keeps what is edited in this tab, offers it again, and asks a person who would lose it first. */
export function useDraft<Input extends FieldValues>(
  form: UseFormReturn<Input, unknown, Input>,
  options: DraftOptions<Input> | null,
) {
  const person = usePerson();
  const { zone } = useReading();
  const [found, setFound] = useState<Draft | null>(null);
  const element = useRef<HTMLFormElement>(null);
  const edited = useRef<Draft | null>(null);
  const waiting = useRef<Draft | null>(null);
  const latest = useRef(options);
  latest.current = options;
  const begun = useRef(options?.beside?.value);
  const { isDirty, defaultValues } = form.formState;
  const { form: name, record = "", beside } = options ?? {};
  const place: DraftPlace | null = person && name ? { person, form: name, record, zone } : null;
  const key = JSON.stringify(place);

  function wait(draft: Draft | null) {
    waiting.current = draft;
    setFound(draft);
  }

  function keep(edits: Draft | null) {
    const draft = waiting.current ? together(waiting.current, edits) : edits;
    if (place && (draft || edited.current)) keepDraft(place, draft);
    edited.current = edits;
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` identifies the place
  useEffect(() => {
    if (!place) return;
    const { fields = [], compares } = latest.current ?? {};
    const draft = readDraft(place, fields);
    const offered = draft && (compares || fits(draft, defaultValues ?? {})) ? draft : null;
    wait(offered);
    if (!offered) keepDraft(place, null);
    return form.subscribe({
      formState: { values: true },
      callback({ values, defaultValues: stored = {} }) {
        const edits = draftOf(fields, stored, values, new Date());
        keep(edits && { ...edits, beside: latest.current?.beside?.value });
      },
    });
  }, [form, key]);

  // What is beside the fields is drawn after them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is kept with each drawing that changes it
  useEffect(() => {
    if (edited.current) keep({ ...edited.current, beside: beside?.value });
  }, [JSON.stringify(beside?.value)]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `forget` reads what is newest by itself
  useEffect(() => {
    if (isDirty && place) return holdUnsaved({ element: () => element.current, discard: reset });
  }, [isDirty, key]);

  function reset() {
    form.reset();
    latest.current?.beside?.restore(begun.current as never);
    keep(null);
  }

  function answer() {
    wait(null);
    if (place) keepDraft(place, edited.current);
    focusFirstFieldOf(element.current);
  }

  function restore(draft: Draft) {
    const { was, now, version } = draft;
    const stored = (defaultValues ?? {}) as Input;
    // On what it was made on: saving then meets the same conflict as if the form had stayed open.
    const onOld = { ...stored, ...was, ...(version !== null && { version }) };
    const since = typedOver(stored, form.getValues());
    form.reset(fits(draft, stored) ? stored : onOld);
    for (const [field, value] of Object.entries({ ...since, ...now }))
      form.setValue(field as Path<Input>, value as PathValue<Input, Path<Input>>, { shouldDirty: true });
    beside?.restore(besideWith(draft, beside.value) as never);
    answer();
  }

  return {
    element,
    offer: found && { at: found.at, restore: () => restore(found), discard: answer },
    /** After a save: the values of the form are the stored ones. */
    saved() {
      const stored = form.getValues();
      form.reset(stored);
      // A save of the same fields is an answer.
      if (waiting.current && !fits(waiting.current, stored)) wait(null);
      if (place) keepDraft(place, waiting.current);
      edited.current = null;
    },
  };
}
