"use client";
import { type RefObject, useState } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { FormDialog } from "@/components/form/form-dialog";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { HandOver } from "@/components/links/hand-over";
import { focusOn } from "@/components/ui/focus";
import { RadioCards } from "@/components/ui/radio-cards";
import { toast } from "@/components/ui/toaster";
import type { ActionSubject } from "@/components/users/user-actions";
import { resetPasswordAction } from "@/lib/passwords/actions";
import type { Reset } from "@/lib/passwords/commands/reset";
import type { resetWays } from "@/lib/passwords/schema";

type ResetPasswordDialogProps = {
  user: Pick<ActionSubject, "id" | "name" | "email" | "mail">;
  /** There is none yet, so nothing ends. */
  first?: boolean;
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

export function ResetPasswordDialog({ user, first = false, onClose, opener }: ResetPasswordDialogProps) {
  const [done, setDone] = useState<Reset | null>(null);
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/passwords/schema").then((module) => module.resetPasswordSchema),
    action: resetPasswordAction,
    defaultValues: { id: user.id, way: "link" as (typeof resetWays)[number] },
    draft: null,
    settled: "reset",
    onSuccess: (reset) => {
      if (reset.password ?? reset.link) return setDone(reset);
      toast.success(`A link was sent to ${user.name}`);
      onClose();
    },
  });

  const secret = done?.password ?? done?.link;
  if (secret)
    return (
      <HandOver
        kind={done?.password ? "password" : "link"}
        name={user.name}
        secret={secret}
        expiresAt={done?.linkExpiresAt ?? null}
        onStored={onClose}
        onCloseAutoFocus={focusOn(opener)}
      />
    );
  return (
    <FormDialog
      {...{ formProps, pending, onClose, opener }}
      size="s"
      title={first ? `Set a password for ${user.name}?` : `Reset the password of ${user.name}?`}
      description={
        first
          ? "There is no password yet. Any pending link stops working."
          : "The current password stops working and every session ends at once."
      }
      submit={
        <SubmitButton
          variant={first ? "primary" : "danger"}
          pending={pending}
          pendingLabel={first ? "Setting" : "Resetting"}
        >
          {first ? "Set a password" : "Reset password"}
        </SubmitButton>
      }
    >
      <ErrorSummary problem={problem} />
      <RadioCards
        legend="How the user gets a new password"
        {...form.register("way")}
        options={[
          {
            value: "link",
            label: user.mail ? "Send a link" : "Create a link",
            hint: user.mail
              ? `By mail to ${user.email}. The user sets the new password.`
              : "Shown to you once, to give to the user, who sets the new password.",
          },
          {
            value: "generate",
            label: "Generate a password",
            hint: "Shown to you once, to give to the user. It must be changed at the next sign-in.",
          },
        ]}
      />
    </FormDialog>
  );
}
