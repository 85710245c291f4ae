"use client";
import { unstable_rethrow } from "next/navigation";
import { type SubmitEvent, useActionState, useEffect, useRef, useState, useTransition } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { NewPasswordField } from "@/components/form/new-password-field";
import { SubmitButton } from "@/components/form/submit-button";
import { PresetCards } from "@/components/setup/preset-cards";
import { SetupStep } from "@/components/setup/setup-step";
import { useCodeFromAddress } from "@/components/setup/use-code-from-address";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { completeSetupAction, type SetupState } from "@/lib/setup/actions";
import type { PresetChoice } from "@/lib/setup/queries";

const labels = {
  code: "Setup code",
  preset: "Roles",
  username: "User Name",
  email: "Email",
  firstName: "First Name",
  lastName: "Last Name",
  password: "Password",
  confirmPassword: "Confirm Password",
};

const untouched: SetupState = { kept: {}, message: null, fields: {} };

/** Three steps on one page and one commit. A plain form: without JavaScript the browser posts it. */
export function SetupForm({ presets }: { presets: PresetChoice[] }) {
  const [posted, post] = useActionState(completeSetupAction, untouched);
  const [answered, setAnswered] = useState<SetupState | null>(null);
  const [pending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const { kept, message, fields } = answered ?? posted;
  useCodeFromAddress(form, "code");

  useEffect(() => {
    const [first] = Object.keys(fields);
    if (first) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }, [fields]);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const entered = new FormData(event.currentTarget);
    startTransition(async () => setAnswered(await send(entered)));
  }

  return (
    <>
      <ErrorSummary problem={message === null ? null : { code: "refused", message, fields }} labels={labels} />
      <form ref={form} action={post} onSubmit={submit} className="grid gap-8">
        <SetupStep
          number={1}
          title="Code"
          lead="Printed in the server's log when it started, with a link that fills it in."
        >
          <Field label={labels.code} hint="Hyphens and case don't matter." error={fields.code}>
            <Input
              name="code"
              fieldSize="l"
              className="font-mono"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              required
              autoFocus
              maxLength={100}
            />
          </Field>
        </SetupStep>
        <SetupStep number={2} title="Roles" lead="The roles that you start with.">
          <PresetCards presets={presets} chosen={kept.preset} error={fields.preset} />
        </SetupStep>
        <SetupStep number={3} title="First administrator" lead="You'll be signed in with this account.">
          <Field label={labels.username} error={fields.username}>
            <Input
              name="username"
              fieldSize="l"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              maxLength={64}
              defaultValue={kept.username}
            />
          </Field>
          <Field label={labels.email} error={fields.email}>
            <Input
              name="email"
              inputMode="email"
              fieldSize="l"
              autoComplete="email"
              autoCapitalize="none"
              spellCheck={false}
              required
              maxLength={254}
              defaultValue={kept.email}
            />
          </Field>
          <div className="grid grid-cols-2 gap-3">
            <Field label={labels.firstName} error={fields.firstName}>
              <Input
                name="firstName"
                fieldSize="l"
                autoComplete="given-name"
                required
                maxLength={100}
                defaultValue={kept.firstName}
              />
            </Field>
            <Field label={labels.lastName} optional error={fields.lastName}>
              <Input
                name="lastName"
                fieldSize="l"
                autoComplete="family-name"
                maxLength={100}
                defaultValue={kept.lastName}
              />
            </Field>
          </div>
          <NewPasswordField
            name="password"
            label={labels.password}
            hint="15 to 256 characters. Any characters are allowed, including spaces."
            error={fields.password}
            fieldSize="l"
            required
          />
          <Field label={labels.confirmPassword} error={fields.confirmPassword}>
            <PasswordInput name="confirmPassword" fieldSize="l" autoComplete="new-password" required />
          </Field>
        </SetupStep>
        <SubmitButton size="l" pending={pending} pendingLabel="Setting up">
          Set up Gatehouse
        </SubmitButton>
      </form>
    </>
  );
}

async function send(entered: FormData): Promise<SetupState> {
  try {
    return await completeSetupAction(untouched, entered);
  } catch (error) {
    unstable_rethrow(error);
    return { ...untouched, message: "The server didn't respond. Your entries are kept. Try again." };
  }
}
