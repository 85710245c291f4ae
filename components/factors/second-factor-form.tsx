"use client";
import { type SubmitEvent, useActionState, useRef, useState, useTransition } from "react";
import { Field } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { unanswered } from "@/components/form/unanswered";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { type SecondFactorState, secondFactorAction } from "@/lib/factors/actions";

/** A plain form: without JavaScript the browser posts it. `next`: a path of ours. */
export function SecondFactorForm({ next, app }: { next: string; app: boolean }) {
  const [posted, post] = useActionState(secondFactorAction, { message: null });
  const [answered, setAnswered] = useState<SecondFactorState | null>(null);
  const [pending, startTransition] = useTransition();
  const code = useRef<HTMLInputElement>(null);
  const { message } = answered ?? posted;

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      setAnswered(await send(form));
      if (code.current) code.current.value = "";
      code.current?.focus();
    });
  }

  return (
    <>
      {message && (
        <Note tone="danger" role="alert">
          {message}
        </Note>
      )}
      <form action={post} onSubmit={submit} className="grid gap-4">
        <input type="hidden" name="next" value={next} />
        <Field
          label={app ? "Code" : "Recovery code"}
          hint={
            app
              ? "The six digits from your authenticator app, or a recovery code."
              : "One of the codes that you stored."
          }
        >
          <Input
            ref={code}
            name="code"
            fieldSize="l"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={100}
            autoFocus
          />
        </Field>
        <SubmitButton size="l" pending={pending} pendingLabel="Checking">
          Continue
        </SubmitButton>
      </form>
    </>
  );
}

async function send(form: FormData): Promise<SecondFactorState> {
  try {
    return await secondFactorAction({ message: null }, form);
  } catch (error) {
    return { message: unanswered(error, "Gatehouse didn't respond. Try again in a few seconds.") };
  }
}
