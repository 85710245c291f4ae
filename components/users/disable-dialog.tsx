"use client";
import { type RefObject, useRef, useState } from "react";
import { endYears } from "@/components/form/end-input";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { comingWords, fromLocal } from "@/components/form/local-time";
import { SubmitButton } from "@/components/form/submit-button";
import type { Undo } from "@/components/form/undo-toast";
import { useActionForm } from "@/components/form/use-action-form";
import { Input } from "@/components/ui/input";
import { useReading } from "@/components/ui/reading";
import { LeavingDialog } from "@/components/users/leaving-dialog";
import { offerWayBack, wayBack } from "@/components/users/way-back";
import { disableUserAction } from "@/lib/users/actions";
import type { Disabled } from "@/lib/users/commands/disable";

type DisableDialogProps = {
  user: { id: string; name: string };
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

export function DisableDialog({ user, onClose, opener }: DisableDialogProps) {
  const reading = useReading();
  const { zone } = reading;
  const [done, setDone] = useState<Disabled | null>(null);
  const back = useRef(Promise.resolve<Undo | null>(null));
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/users/schema").then((module) => module.disableUserSchema),
    action: (input) => disableUserAction({ ...input, until: fromLocal(input.until, zone) }),
    defaultValues: { id: user.id, reason: "", until: "" },
    draft: null,
    onSuccess: (disabled) => {
      setDone(disabled);
      back.current = wayBack(user.name, { done: "disable", id: user.id });
    },
    settled: "disabled",
  });
  const { errors } = form.formState;
  const returns = comingWords(form.watch("until") ?? "", reading, new Date());
  if (done)
    return (
      <LeavingDialog
        name={user.name}
        left={{ ...done, how: "disabled" }}
        opener={opener}
        onClose={() => {
          onClose();
          void offerWayBack(`${user.name} is disabled`, back.current);
        }}
      />
    );
  return (
    <FormDialog
      {...{ formProps, pending, onClose, opener }}
      size="s"
      title={`Disable ${user.name}?`}
      description={`Every session and access token ends at once, and clients and service accounts pause. ${
        returns
          ? `On ${returns} they get access again, or earlier if somebody enables the account.`
          : "Enabling the account gives access back."
      }`}
      submit={
        <SubmitButton variant="danger" pending={pending} pendingLabel="Disabling">
          Disable
        </SubmitButton>
      }
    >
      <ErrorSummary problem={problem} />
      <Field label="Reason" error={errors.reason?.message} hint="Shown to administrators and kept in the audit log.">
        <Input {...form.register("reason")} autoComplete="off" />
      </Field>
      <Field
        label="Until"
        error={errors.until?.message}
        hint="Leave blank to disable until somebody enables the account."
        optional
      >
        <Input {...form.register("until")} {...endYears} type="datetime-local" />
      </Field>
    </FormDialog>
  );
}
