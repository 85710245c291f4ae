"use client";
import { useRouter } from "next/navigation";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { NewPasswordField } from "@/components/form/new-password-field";
import { PasswordOwner } from "@/components/form/password-owner";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { PasswordInput } from "@/components/ui/password-input";
import { toast } from "@/components/ui/toaster";
import { changePasswordAction } from "@/lib/account/actions";

const empty = { currentPassword: "", newPassword: "", confirmPassword: "" };
const labels = {
  currentPassword: "Current Password",
  newPassword: "New Password",
  confirmPassword: "Confirm Password",
};

interface PasswordFormProps {
  username: string;
  /** Characters that the new one must have. */
  shortest: number;
  /** When it was changed last, in words. */
  changed: React.ReactNode;
  /** Why it cannot be changed here, at this moment. */
  reason: string | undefined;
}

export function PasswordForm({ username, shortest, changed, reason }: PasswordFormProps) {
  const router = useRouter();
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/account/schema").then((module) => module.changePasswordSchema),
    action: changePasswordAction,
    defaultValues: empty,
    draft: { form: "own-password", fields: [] },
    onSuccess: ({ ended }) => {
      form.reset(empty);
      toast.success(`Your password is changed. ${endedWords[Math.min(ended, 2)]?.(ended)}`);
    },
    onRefused: ({ code }) => {
      if (code === "precondition") router.refresh();
      return undefined;
    },
  });
  const { errors, isDirty } = form.formState;
  return (
    <Panel aria-labelledby="own-password">
      <Form {...formProps} flush aria-labelledby="own-password">
        <PanelHead title="Password" titleId="own-password" hint={changed} />
        <PanelBody>
          <ErrorSummary problem={problem} labels={labels} />
          <PasswordOwner username={username} />
          <Field label={labels.currentPassword} error={errors.currentPassword?.message}>
            <PasswordInput {...form.register("currentPassword")} autoComplete="current-password" />
          </Field>
          <NewPasswordField
            {...form.register("newPassword")}
            label={labels.newPassword}
            hint={`${shortest} to 256 characters. Any characters are allowed, including spaces.`}
            error={errors.newPassword?.message}
            names={[username]}
            shortest={shortest}
            typed={form.watch("newPassword")}
          />
          <Field label={labels.confirmPassword} error={errors.confirmPassword?.message}>
            <PasswordInput {...form.register("confirmPassword")} autoComplete="new-password" />
          </Field>
        </PanelBody>
        <PanelFoot
          actions={
            <SubmitButton
              pending={pending}
              pendingLabel="Saving"
              reason={reason ?? (isDirty || pending ? undefined : "Fill in all three fields.")}
            >
              Change password
            </SubmitButton>
          }
        >
          Ends your sessions on other devices at once.
        </PanelFoot>
      </Form>
    </Panel>
  );
}

const endedWords = [
  () => "No other open sessions.",
  () => "One other session ended.",
  (ended: number) => `${ended} other sessions ended.`,
];
