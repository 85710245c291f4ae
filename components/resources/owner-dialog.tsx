"use client";
import { type RefObject, useState } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { answerOf } from "@/components/ui/answer-of";
import type { Option } from "@/components/ui/combobox";
import { PersonPicker } from "@/components/ui/person-picker";
import { toast } from "@/components/ui/toaster";
import { pickResourceOwnerAction, updateResourceAction } from "@/lib/resources/actions";
import type { ListedResource } from "@/lib/resources/list";

interface OwnerDialogProps {
  resource: ListedResource;
  onClose: () => void;
  /** The button of the menu, which gets the focus back. */
  opener: RefObject<HTMLElement | null>;
}

export function OwnerDialog({ resource, onClose, opener }: OwnerDialogProps) {
  const { id, version, name, url, owner: present } = resource;
  const [owner, setOwner] = useState<Option | null>(present?.id ? { id: present.id, label: present.name } : null);
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/resources/schema").then((module) => module.updateResourceSchema),
    action: updateResourceAction,
    defaultValues: { id, version, name, url, ownerId: present?.id ?? "" },
    draft: { form: "resource-owner", record: id, fields: ["ownerId"] },
    onSuccess: () => {
      toast.success(`${name} belongs to ${owner?.label} now`);
      onClose();
    },
  });
  const { errors, isDirty } = form.formState;
  return (
    <FormDialog
      {...{ formProps, pending, onClose, opener }}
      size="s"
      title={`Change the owner of ${name}`}
      description="The system that registered it reads its owner here."
      submit={
        <SubmitButton pending={pending} pendingLabel="Saving" changed={isDirty}>
          Change owner
        </SubmitButton>
      }
    >
      {problem && !problem.fields.ownerId && <ErrorSummary problem={problem} />}
      <Field label="Owner" error={errors.ownerId?.message}>
        <PersonPicker
          label="Owner"
          placeholder="Choose a person"
          value={owner}
          search={(q) => answerOf(pickResourceOwnerAction({ q }))}
          onChange={(option) => {
            setOwner(option);
            form.setValue("ownerId", option?.id ?? "", { shouldDirty: true });
          }}
        />
      </Field>
    </FormDialog>
  );
}
