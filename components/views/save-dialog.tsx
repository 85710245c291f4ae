"use client";
import type { RefObject } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { CheckLine } from "@/components/ui/check-line";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { createViewAction } from "@/lib/views/actions";

interface SaveDialogProps {
  /** The name of the list, and its filters and sort as in an address. */
  list: string;
  state: string;
  mayShare: boolean;
  onSaved: (id: string) => void;
  onClose: () => void;
  /** Gets the focus back. */
  opener: RefObject<HTMLElement | null>;
}

/** Saves the list as it is asked for under a name. */
export function SaveDialog({ list, state, mayShare, onSaved, onClose, opener }: SaveDialogProps) {
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/views/schema").then((module) => module.saveViewSchema),
    action: createViewAction,
    defaultValues: { list, name: "", query: state, shared: false },
    draft: { form: "save-view", record: list, fields: ["name", "shared"] },
    onSuccess: ({ id }, { name }) => {
      toast.success(`${name} is saved`);
      onClose();
      onSaved(id);
    },
  });
  const { errors } = form.formState;
  return (
    <FormDialog
      {...{ formProps, pending, onClose, opener }}
      size="s"
      title="Save view"
      description="Saves the search, filters and sort order of this list."
      submit={
        <SubmitButton pending={pending} pendingLabel="Saving">
          Save view
        </SubmitButton>
      }
    >
      {problem && !problem.fields.name && <ErrorSummary problem={problem} />}
      <Field label="Name" error={errors.name?.message}>
        <Input {...form.register("name")} autoComplete="off" />
      </Field>
      {mayShare && (
        <CheckLine
          {...form.register("shared")}
          label="Share with everybody"
          hint="Everybody who can open this list sees the view. It shows them only what they already have access to."
        />
      )}
    </FormDialog>
  );
}
