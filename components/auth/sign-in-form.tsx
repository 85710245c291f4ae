"use client";
import { type ReactNode, type SubmitEvent, useActionState, useRef, useState, useTransition } from "react";
import { AdministratorsOnly } from "@/components/auth/administrators-only";
import { ProviderOffer, useProviderOf } from "@/components/auth/provider-offer";
import { Field } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { unanswered } from "@/components/form/unanswered";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { PasswordInput } from "@/components/ui/password-input";
import { type SignInState, signInAction } from "@/lib/sign-in/actions";

interface SignInFormProps {
  /** A path of ours. */
  next: string;
  /** What another way of signing in has to say. */
  message: string | null;
  /** The initial values of the fields; in the demonstration alone. */
  filled?: { name: string; password: string } | null;
  /** Whether there is a provider to offer for an email. */
  providers: boolean;
  /** The provider that everybody but administrators signs in through: the form is folded then, with `children` below it. */
  only?: string | undefined;
  children?: ReactNode;
}

/** A plain form: without JavaScript the browser posts it, with JavaScript the page stays and keeps the name. */
export function SignInForm({ next, message, filled = null, providers, only, children }: SignInFormProps) {
  const [posted, post] = useActionState(signInAction, { name: filled?.name ?? "", message });
  const [answered, setAnswered] = useState<SignInState | null>(null);
  const [pending, startTransition] = useTransition();
  const [typed, setTyped] = useState("");
  const offered = useProviderOf(providers ? typed : "");
  const password = useRef<HTMLInputElement>(null);
  const state = answered ?? posted;

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      setAnswered(await send(state, form));
      if (password.current) password.current.value = "";
      password.current?.focus();
    });
  }

  const fields = (
    <>
      {state.message && (
        <Note tone="danger" role="alert">
          {state.message}
        </Note>
      )}
      <form action={post} onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <input type="hidden" name="next" value={next} />
        <Field label="User name or email">
          <Input
            name="name"
            fieldSize="l"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={320}
            autoFocus={only === undefined && !posted.name}
            defaultValue={posted.name}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        <div role="status" className="empty:hidden">
          {offered && <ProviderOffer provider={offered} />}
        </div>
        <Field label="Password">
          <PasswordInput
            ref={password}
            name="password"
            fieldSize="l"
            autoComplete="current-password"
            required
            defaultValue={filled?.password}
            autoFocus={Boolean(posted.name)}
          />
        </Field>
        <SubmitButton size="l" pending={pending} pendingLabel="Signing in">
          Sign in
        </SubmitButton>
      </form>
      {children}
    </>
  );
  if (only === undefined) return fields;
  return (
    <AdministratorsOnly
      title="Administrator sign-in"
      hint={`Only administrators can sign in with a password or a passkey. Everybody else continues with ${only}.`}
      open={state.message !== null || filled !== null}
    >
      {fields}
    </AdministratorsOnly>
  );
}

async function send(state: SignInState, form: FormData): Promise<SignInState> {
  try {
    return await signInAction(state, form);
  } catch (error) {
    return {
      ...state,
      message: unanswered(
        error,
        "Gatehouse didn't respond, or too many people are signing in. Try again in a few seconds.",
      ),
    };
  }
}
