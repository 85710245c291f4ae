"use client";
import { KeyRound, LoaderCircle } from "lucide-react";
import { useEffect, useState } from "react";
import { z } from "zod";
import { usePasskey } from "@/components/factors/use-passkey";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { PasswordInput } from "@/components/ui/password-input";
import { askPasskeyAction, proofWaysAction, verifySessionAction } from "@/lib/factors/actions";
import type { ProofWays } from "@/lib/factors/queries";

const entrySchema = z.strictObject({ entry: z.string().min(1, "This is empty.").max(1_024) });

type Way = "password" | "code";
const words = { password: "Password", code: "Code" };

/** By password, or by a second factor where there is one. */
export function ProofForm({ onProved }: { onProved: () => void }) {
  const [ways, setWays] = useState<ProofWays | null>(null);
  const [way, setWay] = useState<Way>("password");
  const passkey = usePasskey({
    ask: () => askPasskeyAction({}),
    send: (given) => verifySessionAction({ by: "passkey", ...given }),
    onSuccess: onProved,
  });

  useEffect(() => {
    let current = true;
    proofWaysAction({}).then(
      (found) => current && found.ok && setWays(found.value),
      () => current && setWays(null),
    );
    return () => {
      current = false;
    };
  }, []);

  const other: Way = way === "password" ? "code" : "password";
  return (
    <EntryForm key={way} way={way} onProved={onProved}>
      {passkey.message && (
        <Note tone="danger" role="alert">
          {passkey.message}
        </Note>
      )}
      {(ways?.code || ways?.passkey) && (
        <div className="flex flex-wrap gap-2">
          {ways.passkey && passkey.possible && (
            <Button aria-busy={passkey.pending || undefined} onClick={passkey.run}>
              {passkey.pending ? <LoaderCircle aria-hidden className="animate-turn" /> : <KeyRound aria-hidden />}
              Use a passkey
            </Button>
          )}
          {ways.code && (
            <Button variant="quiet" onClick={() => setWay(other)}>
              {other === "code" ? "Use a code instead" : "Use the password instead"}
            </Button>
          )}
        </div>
      )}
    </EntryForm>
  );
}

function EntryForm({ way, onProved, children }: { way: Way; onProved: () => void; children: React.ReactNode }) {
  const { form, formProps, pending, problem } = useActionForm({
    schema: entrySchema,
    action: async ({ entry }) => {
      const proved = await verifySessionAction(
        way === "password" ? { by: way, password: entry } : { by: way, code: entry },
      );
      const sentence = proved.ok ? undefined : proved.fields?.[way];
      return proved.ok || !sentence ? proved : { ...proved, fields: { entry: sentence } };
    },
    defaultValues: { entry: "" },
    onSuccess: onProved,
    apart: true,
  });
  const field = { ...form.register("entry"), autoFocus: true };
  return (
    <form {...formProps} className="contents">
      <DialogBody>
        <ErrorSummary problem={problem} labels={{ entry: words[way] }} />
        <Field
          label={words[way]}
          hint={way === "code" ? "Of your authenticator app, or a recovery code." : undefined}
          error={form.formState.errors.entry?.message}
        >
          {way === "password" ? (
            <PasswordInput {...field} autoComplete="current-password" />
          ) : (
            <Input {...field} autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} />
          )}
        </Field>
        {children}
      </DialogBody>
      <DialogFooter>
        <SubmitButton pending={pending} pendingLabel="Checking">
          Confirm
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}
