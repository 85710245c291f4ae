"use client";
import { type RefObject, useState } from "react";
import { useController } from "react-hook-form";
import type { z } from "zod";
import { usePreviewed } from "@/components/access/use-previewed";
import { EndInput } from "@/components/form/end-input";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { fromLocal, toLocal } from "@/components/form/local-time";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { answerOf } from "@/components/ui/answer-of";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Combobox, type Option } from "@/components/ui/combobox";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { focusOn } from "@/components/ui/focus";
import { useReading } from "@/components/ui/reading";
import { toast } from "@/components/ui/toaster";
import { addMemberAction, pickMemberAction, previewAddMemberAction } from "@/lib/groups/actions";
import type { addMemberSchema } from "@/lib/groups/schema";

type MemberInput = z.input<typeof addMemberSchema>;

type MemberDialogProps = {
  group: { id: string; name: string };
  /** Whose end is changed; without it somebody is added. */
  member?: { id: string; name: string; endsAt: Date | null };
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

/** Adds somebody to a group, or gives a membership another end. What they gain or lose by it is shown first (R9). */
export function MemberDialog({ group, member, onClose, opener }: MemberDialogProps) {
  const [person, setPerson] = useState<Option | null>(member ? { id: member.id, label: member.name } : null);
  // The clock on which the field was filled: what stands in it is read on the same one.
  const [zone] = useState(useReading().zone);
  const stored = member?.endsAt?.toISOString() ?? null;
  const sent = (input: MemberInput): MemberInput => ({ ...input, endsAt: fromLocal(input.endsAt, zone, stored) });
  const { action, dialog } = usePreviewed({
    preview: (input: MemberInput) => previewAddMemberAction(sent(input)),
    action: (input: MemberInput) => addMemberAction(sent(input)),
    verb: member ? "Change end" : "Add member",
  });
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/groups/schema").then((module) => module.addMemberSchema),
    action,
    defaultValues: {
      groupId: group.id,
      userId: member?.id ?? "",
      endsAt: toLocal(stored, zone),
    },
    draft: {
      form: "group-member",
      record: `${group.id}/${member?.id ?? ""}`,
      fields: member ? ["endsAt"] : ["userId", "endsAt"],
      beside: { value: { userId: person }, restore: (shown: { userId: Option | null }) => setPerson(shown.userId) },
    },
    onSuccess: ({ name }) => {
      toast.success(member ? `The end of ${name} in ${group.name} is saved` : `${name} is in ${group.name}`);
      onClose();
    },
  });
  const { errors, isDirty } = form.formState;
  const { field: end } = useController({ control: form.control, name: "endsAt" });
  return (
    <>
      <Dialog open onOpenChange={(open) => !open && !pending && onClose()}>
        <DialogContent
          size="s"
          title={member ? `${member.name} in ${group.name}` : `Add a member to ${group.name}`}
          description={member ? undefined : "They have the group's roles from their next request."}
          onCloseAutoFocus={focusOn(opener)}
        >
          <Form {...formProps} flush className="contents" aria-label={member ? "Change end" : "Add member"}>
            <DialogBody>
              <ErrorSummary problem={problem} />
              {!member && (
                <Field label="Person" error={errors.userId?.message}>
                  <Combobox
                    label="Person"
                    placeholder="Search people"
                    value={person}
                    search={(q) => answerOf(pickMemberAction({ groupId: group.id, q }))}
                    face={(option) => <Avatar id={option.id} name={option.label} size="s" />}
                    onChange={(option) => {
                      setPerson(option);
                      form.setValue("userId", option?.id ?? "", { shouldDirty: true });
                      form.clearErrors("userId");
                    }}
                  />
                </Field>
              )}
              <Field label="Until" error={errors.endsAt?.message} hint="Leave blank for no end." optional>
                <EndInput {...end} now={Boolean(member)} />
              </Field>
            </DialogBody>
            <DialogFooter>
              <DialogClose asChild>
                <Button>Cancel</Button>
              </DialogClose>
              <SubmitButton
                pending={pending}
                pendingLabel={member ? "Changing" : "Adding"}
                changed={!member || isDirty}
              >
                {member ? "Change end" : "Add member"}
              </SubmitButton>
            </DialogFooter>
          </Form>
        </DialogContent>
      </Dialog>
      {dialog}
    </>
  );
}
