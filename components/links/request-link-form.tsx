"use client";
import { type SubmitEvent, useActionState, useState, useTransition } from "react";
import { Field } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { unanswered } from "@/components/form/unanswered";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { type RequestState, requestPasswordAction } from "@/lib/passwords/actions";

const blank: RequestState = { name: "", asked: false, message: null };

/** The same answer for everybody, whether or not there is such an account (S1). Works without JavaScript. */
export function RequestLinkForm({ minutes }: { minutes: number }) {
  const [posted, post] = useActionState(requestPasswordAction, blank);
  const [answered, setAnswered] = useState<RequestState | null>(null);
  const [pending, startTransition] = useTransition();
  const state = answered ?? posted;

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    startTransition(async () => setAnswered(await send(state, form)));
  }

  return (
    <>
      {state.message && (
        <Note tone="danger" role="alert">
          {state.message}
        </Note>
      )}
      {state.asked && (
        <Note tone="accent" role="status" title="Check your mail.">
          If an account matches this name or address, a link was sent to it. It works once, for {minutes} minutes. If it
          doesn't arrive, ask an administrator.
        </Note>
      )}
      <form action={post} onSubmit={submit} className="grid gap-4">
        <Field label="User name or email">
          <Input
            name="name"
            fieldSize="l"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={320}
            autoFocus
            defaultValue={posted.name}
          />
        </Field>
        <SubmitButton size="l" pending={pending} pendingLabel="Sending">
          Send a link
        </SubmitButton>
      </form>
    </>
  );
}

async function send(state: RequestState, form: FormData): Promise<RequestState> {
  try {
    return await requestPasswordAction(state, form);
  } catch (error) {
    return {
      ...state,
      asked: false,
      message: unanswered(error, "Gatehouse didn't respond. Try again in a few seconds."),
    };
  }
}
