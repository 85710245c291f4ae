"use client";
import { Check } from "lucide-react";
import { type ComponentProps, type ReactNode, useState } from "react";
import { Field } from "@/components/form/field";
import { PasswordInput } from "@/components/ui/password-input";
import { lengthOf, passwordProblem, shortestPassword } from "@/lib/auth/password-rules";

type NewPasswordFieldProps = ComponentProps<typeof PasswordInput> & {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  /** What the person is called, which alone makes no password. */
  names?: string[];
  /** Characters, where a second factor allows fewer. */
  shortest?: number;
  /** The field's value, where the form knows it; otherwise the field listens by itself. */
  typed?: string;
};

/** A field for a new password that says while it is filled in what the rules make of it (S2). The server says the last word. */
export function NewPasswordField(props: NewPasswordFieldProps) {
  const { label, hint, error, optional, names = [], shortest = shortestPassword, typed, ...input } = props;
  const [heard, setHeard] = useState("");
  const password = typed ?? heard;
  return (
    <div className="grid content-start gap-1.5">
      <Field label={label} hint={hint} error={error} optional={optional}>
        <PasswordInput
          {...input}
          autoComplete="new-password"
          onInput={(event) => setHeard(event.currentTarget.value)}
        />
      </Field>
      <PasswordCheck password={password} names={names} shortest={shortest} error={error} />
    </div>
  );
}

type PasswordCheckProps = {
  password: string;
  names: string[];
  shortest: number;
  /** The text under the field, which is not said a second time. */
  error: string | undefined;
};

function PasswordCheck({ password, names, shortest, error }: PasswordCheckProps) {
  const length = lengthOf(password);
  const short = length > 0 && length < shortest;
  const problem = length > 0 && !short ? passwordProblem(password, names.filter(Boolean), shortest) : null;
  const isShownAlready = problem !== null && problem === error;
  const said =
    length === 0 || isShownAlready ? "" : short ? `${shortest} characters are needed.` : (problem ?? "Long enough.");
  return (
    <>
      {length > 0 && !isShownAlready && (
        <p aria-hidden className="flex items-start gap-1.5 text-xs text-muted tabular-nums">
          {short && `${length} of ${shortest} characters`}
          {!short && !problem && (
            <>
              <Check className="mt-px size-3.5 text-positive" /> {length} characters
            </>
          )}
          {problem}
        </p>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  );
}
