"use client";
import type { ReactNode } from "react";
import { useVersion } from "@/components/account/use-version";
import { ActionButton } from "@/components/form/action-button";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FixedField } from "@/components/form/fixed-field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { PasswordInput } from "@/components/ui/password-input";
import { toast } from "@/components/ui/toaster";
import { cancelEmailChangeAction, changeEmailAction } from "@/lib/account/actions";

interface EmailFormProps {
  account: { version: number; email: string };
  /** Why the address cannot be changed here, at this moment. */
  reason: string | undefined;
  /** It is the provider that keeps it: then there is nothing to type. */
  kept: boolean;
  /** Whether a new address has to be confirmed by mail. */
  mail: boolean;
  /** The new address that is waited for. */
  waiting: { address: string; expires: ReactNode } | null;
}

export function EmailForm({ account: { version, email }, reason, kept, mail, waiting }: EmailFormProps) {
  const known = useVersion(version);
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/account/schema").then((module) => module.ownEmailSchema),
    action: (input) => changeEmailAction({ ...input, version: known.current() }),
    defaultValues: { email, currentPassword: "" },
    draft: { form: "own-email", fields: ["email"] },
    onSuccess: ({ pending: asked }, input) => {
      form.reset({ email: asked ? email : input.email, currentPassword: "" });
      toast.success(asked ? `A link was sent to ${asked}` : "Your email is saved");
    },
    onRefused: known.learn,
  });
  const { errors, dirtyFields } = form.formState;
  return (
    <Panel aria-labelledby="own-email">
      <Form {...formProps} flush aria-labelledby="own-email">
        <PanelHead title="Email" titleId="own-email" hint="You can sign in with it or with your user name." />
        <PanelBody>
          <ErrorSummary problem={problem} labels={{ email: "Email", currentPassword: "Current Password" }} />
          {waiting && (
            <Note
              tone="accent"
              title={`${waiting.address} is not confirmed yet.`}
              actions={
                <ActionButton
                  action={cancelEmailChangeAction}
                  input={{}}
                  onSuccess={() => toast.success("Your email was not changed")}
                >
                  Cancel
                </ActionButton>
              }
            >
              Open the link that was sent there. It expires {waiting.expires}.
            </Note>
          )}
          {kept ? (
            <FixedField label="Email" value={email} reason={reason} />
          ) : (
            <div className="grid grid-cols-2 gap-3 max-s:grid-cols-1">
              <Field label="Email" error={errors.email?.message}>
                <Input {...form.register("email")} defaultValue={email} type="email" autoComplete="email" />
              </Field>
              <Field
                label="Current Password"
                hint="Changing your email requires your password, and your second factor if you have one."
                error={errors.currentPassword?.message}
              >
                <PasswordInput {...form.register("currentPassword")} autoComplete="current-password" />
              </Field>
            </div>
          )}
        </PanelBody>
        {!kept && (
          <PanelFoot
            actions={
              <SubmitButton
                pending={pending}
                pendingLabel="Saving"
                changed={dirtyFields.email ?? false}
                reason={reason}
              >
                Update
              </SubmitButton>
            }
          >
            {mail && "Your email changes when you open the link sent to the new address."}
          </PanelFoot>
        )}
      </Form>
    </Panel>
  );
}
