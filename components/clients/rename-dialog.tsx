"use client";
import type { RefObject } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { renameClientAction } from "@/lib/clients/actions";

interface RenameDialogProps {
  client: { id: string; name: string };
  onClose: () => void;
  /** The button of the menu, which gets the focus back. */
  opener: RefObject<HTMLElement | null>;
}

export function RenameDialog({ client, onClose, opener }: RenameDialogProps) {
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/clients/schema").then((module) => module.renameClientSchema),
    action: renameClientAction,
    defaultValues: { id: client.id, name: client.name },
    draft: { form: "rename-client", record: client.id, fields: ["name"] },
    onSuccess: (_, { name }) => {
      toast.success(`${client.name} is now called ${name}`);
      onClose();
    },
  });
  const { errors, isDirty } = form.formState;
  return (
    <FormDialog
      {...{ formProps, pending, onClose, opener }}
      size="s"
      title={`Rename ${client.name}`}
      description="The client keeps working: its key and its tokens don't change."
      submit={
        <SubmitButton pending={pending} pendingLabel="Renaming" changed={isDirty}>
          Rename
        </SubmitButton>
      }
    >
      {problem && !problem.fields.name && <ErrorSummary problem={problem} />}
      <Field label="Name" hint="1 to 64 characters, not case-sensitive." error={errors.name?.message}>
        <Input {...form.register("name")} autoComplete="off" spellCheck={false} />
      </Field>
    </FormDialog>
  );
}
