"use client";
import { useEffect, useRef, useState } from "react";
import type { FieldValues, Path, PathValue, UseFormReturn } from "react-hook-form";
import { type Draft, type DraftPlace, draftOf, fits, keepDraft, readDraft } from "@/components/form/draft";
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
  /** Compares both edits when somebody else saved meanwhile; other forms do not offer a draft then. */
  compares?: boolean;
  /** What the form shows beside its fields, such as names of chosen people. It is kept as JSON. */
  beside?: { value: unknown; restore: (value: never) => void };
}

/** A draft that this form was left with. */
export interface DraftOffer {
  /** When the last edit was made; ISO 8601. */
  at: string;
  restore: () => void;
  discard: () => void;
}

/** Keeps what is edited in this tab, offers it again, and has whoever would lose it asked first. */
export function useDraft<Input extends FieldValues>(
  form: UseFormReturn<Input, unknown, Input>,
  options: DraftOptions<Input> | null,
) {
  const person = usePerson();
  const { zone } = useReading();
  const [found, setFound] = useState<Draft | null>(null);
  const element = useRef<HTMLFormElement>(null);
  const edited = useRef<Draft | null>(null);
  const latest = useRef(options);
  latest.current = options;
  const begun = useRef(options?.beside?.value);
  const { isDirty, defaultValues } = form.formState;
  const { form: name, record = "", beside } = options ?? {};
  const place: DraftPlace | null = person && name ? { person, form: name, record, zone } : null;
  const key = JSON.stringify(place);

  function keep(draft: Draft | null) {
    if (place && (draft || edited.current)) keepDraft(place, draft);
    edited.current = draft;
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the place
  useEffect(() => {
    if (!place) return;
    const { fields = [], compares } = latest.current ?? {};
    const draft = readDraft(place, fields);
    const offered = draft && (compares || fits(draft, defaultValues ?? {}));
    setFound(offered ? draft : null);
    if (!offered) keepDraft(place, null);
    return form.subscribe({
      formState: { values: true },
      callback({ values, defaultValues: stored = {} }) {
        const draft = draftOf(fields, stored, values, new Date());
        keep(draft && { ...draft, beside: latest.current?.beside?.value });
      },
    });
  }, [form, key]);

  // What stands beside the fields is drawn after them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is kept with each drawing that changes it
  useEffect(() => {
    if (edited.current) keep({ ...edited.current, beside: beside?.value });
  }, [beside?.value]);

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
    setFound(null);
    focusFirstFieldOf(element.current);
  }

  function restore({ was, now, version, beside: shown }: Draft) {
    const stored = (defaultValues ?? {}) as Input;
    // On what it was made on: saving then meets the same conflict as if the form had stayed open.
    const onOld = { ...stored, ...was, ...(version !== null && { version }) };
    form.reset(fits({ was }, stored) ? stored : onOld);
    for (const [field, value] of Object.entries(now))
      form.setValue(field as Path<Input>, value as PathValue<Input, Path<Input>>, { shouldDirty: true });
    if (shown !== undefined) beside?.restore(shown as never);
    answer();
  }

  function discard() {
    if (place && !edited.current) keepDraft(place, null);
    answer();
  }

  return {
    element,
    offer: found && { at: found.at, restore: () => restore(found), discard },
    /** After a save: what stands in the form is what is stored. */
    saved() {
      form.reset(form.getValues());
      keep(null);
      setFound(null);
    },
  };
}
