"use client";
import type { RefObject } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Input } from "@/components/ui/input";
import { foldName } from "@/lib/normalization/fold";
import { purgeUserAction } from "@/lib/users/actions";

type PurgeDialogProps = {
  user: { id: string; name: string; username: string };
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
  onPurged: () => void;
};

export function PurgeDialog({ user, onClose, opener, onPurged }: PurgeDialogProps) {
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/users/schema").then((module) => module.purgeUserSchema),
    action: purgeUserAction,
    defaultValues: { id: user.id, username: "" },
    draft: null,
    onSuccess: onPurged,
    settled: "erased",
  });
  const typed = form.watch("username");
  return (
    <FormDialog
      {...{ formProps, pending, onClose, opener }}
      size="s"
      title={`Purge ${user.name}?`}
      description={`Permanently erases the person: name, email, clients and sessions, including their values in the audit log. The events stay, as "purged user". The user name and email can then be used again. This cannot be undone.`}
      submit={
        <SubmitButton
          variant="danger"
          pending={pending}
          pendingLabel="Purging"
          reason={foldName(typed) === foldName(user.username) ? undefined : "Type the user name to confirm."}
        >
          Purge
        </SubmitButton>
      }
    >
      <ErrorSummary problem={problem} />
      <Field
        label="User Name"
        error={form.formState.errors.username?.message}
        hint={
          <>
            Type <b className="font-medium text-ink">{user.username}</b> to confirm.
          </>
        }
      >
        <Input {...form.register("username")} autoComplete="off" spellCheck={false} />
      </Field>
    </FormDialog>
  );
}
