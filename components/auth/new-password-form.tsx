"use client";
import { type SubmitEvent, useActionState, useRef, useState, useTransition } from "react";
import { Field } from "@/components/form/field";
import { NewPasswordField } from "@/components/form/new-password-field";
import { PasswordOwner } from "@/components/form/password-owner";
import { SubmitButton } from "@/components/form/submit-button";
import { unanswered } from "@/components/form/unanswered";
import { Note } from "@/components/ui/note";
import { PasswordInput } from "@/components/ui/password-input";
import { type NewPasswordState, untouched } from "@/lib/passwords/form-state";

type Post = (state: NewPasswordState, form: FormData) => Promise<NewPasswordState>;

interface NewPasswordFormProps {
  action: Post;
  /** What is posted along: the next page, or the secret of a link. */
  along: { name: "next" | "token"; value: string };
  username: string;
  /** Characters that it must have. */
  shortest: number;
  label?: string;
  pendingLabel?: string;
}

/** A plain form, which works without JavaScript; of a link only its post uses the link up. */
export function NewPasswordForm(props: NewPasswordFormProps) {
  const { action, along, username, shortest, label = "Set new password", pendingLabel = "Saving" } = props;
  const [posted, post] = useActionState(action, untouched);
  const [answered, setAnswered] = useState<NewPasswordState | null>(null);
  const [pending, startTransition] = useTransition();
  const fields = useRef<HTMLFormElement>(null);
  const state = answered ?? posted;
  const isFieldError = Object.keys(state.fields).length > 0;

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      const result = await send(action, state, form);
      setAnswered(result);
      const first = Object.keys(result.fields)[0] ?? "newPassword";
      fields.current?.querySelector<HTMLInputElement>(`input[name="${first}"]`)?.focus();
    });
  }

  return (
    <>
      {state.message && !isFieldError && (
        <Note tone="danger" role="alert">
          {state.message}
        </Note>
      )}
      <form ref={fields} action={post} onSubmit={submit} className="grid gap-4">
        <input type="hidden" name={along.name} value={along.value} />
        <PasswordOwner username={username} />
        <NewPasswordField
          name="newPassword"
          label="New Password"
          hint={`${shortest} to 256 characters. Any characters are allowed, including spaces.`}
          error={state.fields.newPassword}
          names={[username]}
          shortest={shortest}
          fieldSize="l"
          required
          autoFocus
        />
        <Field label="Confirm Password" error={state.fields.confirmPassword}>
          <PasswordInput name="confirmPassword" fieldSize="l" autoComplete="new-password" required />
        </Field>
        <SubmitButton size="l" pending={pending} pendingLabel={pendingLabel}>
          {label}
        </SubmitButton>
      </form>
    </>
  );
}

async function send(action: Post, state: NewPasswordState, form: FormData): Promise<NewPasswordState> {
  try {
    return await action(state, form);
  } catch (error) {
    return { message: unanswered(error, "Gatehouse didn't respond. Try again in a few seconds."), fields: {} };
  }
}
