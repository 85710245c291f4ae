"use client";
import type { RefObject } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { updateViewAction } from "@/lib/views/actions";

interface RenameDialogProps {
  view: { id: string; name: string; shared: boolean };
  onClose: () => void;
  /** The button of the menu, which gets the focus back. */
  opener: RefObject<HTMLElement | null>;
}

export function RenameDialog({ view: { id, name, shared }, onClose, opener }: RenameDialogProps) {
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/views/schema").then((module) => module.updateViewSchema),
    action: updateViewAction,
    defaultValues: { id, name },
    draft: { form: "rename-view", record: id, fields: ["name"] },
    onSuccess: (_, input) => {
      toast.success(`${name} is now called ${input.name}`);
      onClose();
    },
  });
  const { errors, isDirty } = form.formState;
  return (
    <FormDialog
      {...{ formProps, pending, onClose, opener }}
      size="s"
      title={`Rename ${name}`}
      description={shared ? "Everybody who opens this list sees the new name." : "Links to the view keep working."}
      submit={
        <SubmitButton pending={pending} pendingLabel="Renaming" changed={isDirty}>
          Rename
        </SubmitButton>
      }
    >
      {problem && !problem.fields.name && <ErrorSummary problem={problem} />}
      <Field label="Name" error={errors.name?.message}>
        <Input {...form.register("name")} autoComplete="off" />
      </Field>
    </FormDialog>
  );
}
