"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import type { FieldValues } from "react-hook-form";
import { usePreviewed } from "@/components/access/use-previewed";
import type { LateSchema } from "@/components/form/late-resolver";
import { undoInForm } from "@/components/form/undo-in-form";
import { tellDone } from "@/components/form/undo-toast";
import { type ActionForm, useActionForm } from "@/components/form/use-action-form";
import type { DraftOptions } from "@/components/form/use-draft";
import { type Reading, useReading } from "@/components/ui/reading";
import { Comparison } from "@/components/users/comparison";
import { same, useComparison, type Versioned } from "@/components/users/use-comparison";
import type { ActionResult } from "@/lib/http/action";
import type { AccessPreview } from "@/lib/previews/preview";
import type { StoredForm } from "@/lib/users/conflict";
import type { UserDetail } from "@/lib/users/queries";

/** Names by id. */
type Names = Record<string, string>;

type Options<Input, Output> = {
  user: UserDetail;
  schema: LateSchema<Input, Output>;
  /** The form's values for what is stored, with ends on the clock of a zone. */
  take: (stored: StoredForm, zone: string) => Input;
  /** What goes to the server for values that were filled and typed on that clock. */
  sent: (input: Input, zone: string) => Input;
  save: (input: Input) => Promise<ActionResult<Versioned>>;
  preview: (input: Input) => Promise<ActionResult<AccessPreview>>;
  /** The fields that decide what somebody holds: a change of the others is saved without a preview. */
  accessFields: (keyof Input)[];
  /** A field and one of its values in words, for the comparison. */
  words: (field: string, value: unknown, told: Told) => { label: string; words: ReactNode };
  /** The roles, groups and people that the form knows by name. */
  names: Names;
  draft: Omit<DraftOptions<Input>, "record" | "compares">;
  /** Whether the server would take these values, that is, would let the save be undone. */
  mayUndo: (input: Input) => Promise<ActionResult<boolean>>;
  /** False for a save of which something could not be brought back. */
  undoable: (before: Input, after: Input) => boolean;
  /** What the toast says, and the values with which the form continues. */
  onSaved: (values: Input) => { words: string; values: Input };
};

/** What the words of the comparison are made with. */
export type Told = { names: Names; reading: Reading };

type UserForm<Input extends FieldValues> = ActionForm<Input> & {
  /** What the form knows by name, and what somebody else saved in the meantime. */
  names: Names;
  /** Replaces the form while two edits are compared (U9); else null. */
  comparison: ReactNode;
  /** The preview (R9), to be drawn beside the form. */
  dialog: ReactNode;
};

/** One of the forms about a user: previewed, saved, and compared when somebody else saved in the meantime. */
export function useUserForm<Input extends FieldValues & Versioned, Output>(
  options: Options<Input, Output>,
): UserForm<Input> {
  const { user, schema, take, sent, save, preview, accessFields, words, onSaved } = options;
  const router = useRouter();
  const { zone, form: written } = useReading();
  // The clock with which the fields were filled: their values are read with the same one.
  const [filled, setFilled] = useState(zone);
  const previewed = usePreviewed({
    preview: ({ input }: Pair<Input>) => preview(sent(input, filled)),
    action: ({ input }) => save(sent(input, filled)),
    when: ({ input, over }) => accessFields.some((field) => !same(input[field], over[field])),
    verb: "Update",
  });
  const comparison = useComparison<Input>({
    save: (input, over) => previewed.action({ input, over }),
    take: (stored) => take(stored, filled),
  });
  const actionForm = useActionForm({
    schema,
    action: comparison.saveThrough,
    defaultValues: take(user.form, filled) as never,
    draft: { ...options.draft, record: user.id, compares: true },
    onSuccess: ({ version }, input) => saved({ ...input, version }, comparison.base.current),
    onRefused: comparison.refused,
  });
  const { form } = actionForm;
  comparison.base.current = form.formState.defaultValues as Input;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is stored has come again with the user, and only then
  useEffect(() => {
    if (form.formState.isDirty) return;
    setFilled(zone);
    form.reset(take(user.form, zone));
  }, [form, user]);

  function saved(stored: Input, before: Input | null) {
    const next = onSaved(stored);
    const was = before && options.undoable(before, stored) ? { ...before, version: stored.version } : null;
    form.reset(next.values);
    comparison.close();
    const undo = { about: user.id, what: `changes to ${user.name}`, done: `Changes to ${user.name} are undone` };
    void tellDone(next.words, was && { ...undo, ...wayBackTo(was) }, { about: user.id });
  }

  function wayBackTo(was: Input) {
    const back = sent(was, filled);
    return { may: () => options.mayUndo(back), run: () => undoInForm(form, was, () => save(back)) };
  }

  function discard() {
    const theirs = comparison.theirs();
    if (theirs) form.reset(theirs);
    comparison.close();
    router.refresh();
  }

  const { open } = comparison;
  const names = { ...comparison.names, ...options.names };
  return {
    ...actionForm,
    names,
    dialog: previewed.dialog,
    comparison: open && (
      <>
        <Comparison
          conflict={open}
          words={(field, value) => words(field, value, { names, reading: { zone: filled, form: written } })}
          onDiscard={discard}
          onSave={async (choice) => {
            const before = comparison.theirs();
            const stored = await comparison.saveChoice(choice);
            if (stored) saved(stored, before);
          }}
        />
        {previewed.dialog}
      </>
    ),
  };
}

type Pair<Input> = { input: Input; over: Input };
