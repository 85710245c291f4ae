"use client";
import { type RefObject, useState } from "react";
import { useController } from "react-hook-form";
import type { z } from "zod";
import { usePreviewed } from "@/components/access/use-previewed";
import { EndInput } from "@/components/form/end-input";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { fromLocal } from "@/components/form/local-time";
import { SubmitButton } from "@/components/form/submit-button";
import { tellDone } from "@/components/form/undo-toast";
import { useActionForm } from "@/components/form/use-action-form";
import { takingOut } from "@/components/groups/member-undo";
import { answerOf } from "@/components/ui/answer-of";
import { Avatar } from "@/components/ui/avatar";
import { MultiCombobox, type Option } from "@/components/ui/combobox";
import { Note } from "@/components/ui/note";
import { useReading } from "@/components/ui/reading";
import { addMembersAction, pickMemberAction, previewAddMembersAction } from "@/lib/groups/actions";
import type { addMembersSchema } from "@/lib/groups/schema";
import type { NotMoved } from "@/lib/groups/several-members";

type MembersInput = z.input<typeof addMembersSchema>;

type AddMembersDialogProps = {
  group: { id: string; name: string };
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

/** Adds people to a group. What they gain by it is shown first (R9); people who are refused stay in the form, with the reason. */
export function AddMembersDialog({ group, onClose, opener }: AddMembersDialogProps) {
  const [people, setPeople] = useState<Option[]>([]);
  const [refused, setRefused] = useState<NotMoved[]>([]);
  // The clock with which the field was filled: its value is read with the same one.
  const [zone] = useState(useReading().zone);
  const sent = (input: MembersInput): MembersInput => ({ ...input, endsAt: fromLocal(input.endsAt, zone, null) });
  const verb = people.length > 1 ? `Add ${people.length} members` : people.length === 1 ? "Add member" : "Add members";
  const { action, dialog } = usePreviewed({
    preview: (input: MembersInput) => previewAddMembersAction(sent(input)),
    action: (input: MembersInput) => addMembersAction(sent(input)),
    verb,
  });
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/groups/schema").then((module) => module.addMembersSchema),
    action,
    defaultValues: { groupId: group.id, userIds: [], endsAt: "" },
    draft: {
      form: "group-members",
      record: group.id,
      fields: ["userIds", "endsAt"],
      beside: { value: { userIds: people }, restore: (shown: { userIds: Option[] }) => setPeople(shown.userIds) },
    },
    onSuccess: ({ added, refused: left }) => {
      const [only] = added;
      if (only) {
        const who = added.length === 1 ? `${only.name} is` : `${added.length} people are`;
        void tellDone(`${who} in ${group.name}`, takingOut(group, added));
      }
      if (left.length === 0) return onClose();
      setRefused(left);
      choose(people.filter(({ id }) => left.some((one) => one.id === id)));
    },
  });
  const { errors } = form.formState;
  const { field: end } = useController({ control: form.control, name: "endsAt" });

  function choose(chosen: Option[]) {
    setPeople(chosen);
    form.setValue(
      "userIds",
      chosen.map(({ id }) => id),
      { shouldDirty: true },
    );
    form.clearErrors("userIds");
  }

  return (
    <>
      <FormDialog
        {...{ formProps, pending, onClose, opener }}
        size="s"
        title={`Add members to ${group.name}`}
        description="They have the group's roles from their next request."
        label="Add members"
        submit={
          <SubmitButton pending={pending} pendingLabel="Adding">
            {verb}
          </SubmitButton>
        }
      >
        <ErrorSummary problem={problem} />
        {refused.length > 0 && (
          <Note tone="danger" role="alert" title="Not added:">
            <ul className="mt-1 list-disc pl-4">
              {refused.map(({ id, name, reason }) => (
                <li key={id}>
                  {name}: {reason}
                </li>
              ))}
            </ul>
          </Note>
        )}
        <Field label="People" error={errors.userIds?.message} hint="Up to 50 at once.">
          <MultiCombobox
            label="People"
            placeholder="Search people"
            value={people}
            search={(q) => answerOf(pickMemberAction({ groupId: group.id, q }))}
            face={(option) => <Avatar id={option.id} name={option.label} picture={option.picture} size="s" />}
            onChange={(chosen) => {
              setRefused([]);
              choose(chosen);
            }}
          />
        </Field>
        <Field label="Until" error={errors.endsAt?.message} hint="Leave blank for no end." optional>
          <EndInput {...end} now={false} />
        </Field>
      </FormDialog>
      {dialog}
    </>
  );
}
