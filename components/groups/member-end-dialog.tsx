"use client";
import { type RefObject, useState } from "react";
import { useController } from "react-hook-form";
import type { z } from "zod";
import { usePreviewed } from "@/components/access/use-previewed";
import { EndInput } from "@/components/form/end-input";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { fromLocal, toLocal } from "@/components/form/local-time";
import { SubmitButton } from "@/components/form/submit-button";
import { tellDone } from "@/components/form/undo-toast";
import { useActionForm } from "@/components/form/use-action-form";
import { givingBack } from "@/components/groups/member-undo";
import { useReading } from "@/components/ui/reading";
import { addMemberAction, previewAddMemberAction } from "@/lib/groups/actions";
import type { addMemberSchema } from "@/lib/groups/schema";

type MemberInput = z.input<typeof addMemberSchema>;

type MemberEndDialogProps = {
  group: { id: string; name: string };
  member: { id: string; name: string; endsAt: Date | null };
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

/** Gives a membership another end. What they gain or lose by it is shown first (R9). */
export function MemberEndDialog({ group, member, onClose, opener }: MemberEndDialogProps) {
  // The clock with which the field was filled: its value is read with the same one.
  const [zone] = useState(useReading().zone);
  const stored = member.endsAt?.toISOString() ?? null;
  const sent = (input: MemberInput): MemberInput => ({ ...input, endsAt: fromLocal(input.endsAt, zone, stored) });
  const { action, dialog } = usePreviewed({
    preview: (input: MemberInput) => previewAddMemberAction(sent(input)),
    action: (input: MemberInput) => addMemberAction(sent(input)),
    verb: "Change end",
  });
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/groups/schema").then((module) => module.addMemberSchema),
    action,
    defaultValues: {
      groupId: group.id,
      userId: member.id,
      endsAt: toLocal(stored, zone),
    },
    draft: {
      form: "group-member",
      record: `${group.id}/${member.id}`,
      fields: ["endsAt"],
    },
    onSuccess: (change) => {
      const back = givingBack(group, { id: member.id, ...change });
      void tellDone(`The end of ${change.name} in ${group.name} is saved`, back, { about: member.id });
      onClose();
    },
  });
  const { errors, isDirty } = form.formState;
  const { field: end } = useController({ control: form.control, name: "endsAt" });
  return (
    <>
      <FormDialog
        {...{ formProps, pending, onClose, opener }}
        size="s"
        title={`${member.name} in ${group.name}`}
        label="Change end"
        submit={
          <SubmitButton pending={pending} pendingLabel="Changing" changed={isDirty}>
            Change end
          </SubmitButton>
        }
      >
        <ErrorSummary problem={problem} />
        <Field label="Until" error={errors.endsAt?.message} hint="Leave blank for no end." optional>
          <EndInput {...end} now />
        </Field>
      </FormDialog>
      {dialog}
    </>
  );
}
