"use client";
import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { z } from "zod";
import { ProviderProof } from "@/components/auth/provider-proof";
import { usePasskey } from "@/components/factors/use-passkey";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { PasswordInput } from "@/components/ui/password-input";
import { askPasskeyAction, proofWaysAction, verifySessionAction } from "@/lib/factors/actions";
import type { ProofWays } from "@/lib/factors/queries";

const entrySchema = z.strictObject({ entry: z.string().min(1, "Enter your password or code.").max(1_024) });

type Way = "password" | "code";
const words = { password: "Password", code: "Code" };
const hints = {
  password: undefined,
  code: "From your authenticator app, or a recovery code. If you have neither, ask an administrator to reset your second factors.",
};

const withoutAnswer: ProofWays = { password: true, code: false, passkey: false, providers: [] };

/** By a second factor once there is one, else by the password, else at a provider (S8). */
export function ProofForm({ onProved }: { onProved: () => void }) {
  const [ways, setWays] = useState<ProofWays | null>(null);
  const passkey = usePasskey({
    ask: () => askPasskeyAction({}),
    send: (given) => verifySessionAction({ by: "passkey", ...given }),
    onSuccess: onProved,
  });

  useEffect(() => {
    let current = true;
    proofWaysAction({}).then(
      (found) => current && setWays(found.ok ? found.value : withoutAnswer),
      () => current && setWays(withoutAnswer),
    );
    return () => {
      current = false;
    };
  }, []);

  if (!ways)
    return (
      <DialogBody aria-busy>
        <p role="status" className="text-ui text-muted">
          One moment.
        </p>
      </DialogBody>
    );
  if (ways.providers.length > 0) return <ProviderProof providers={ways.providers} onProved={onProved} />;
  if (!ways.code && !ways.password)
    return (
      <DialogBody>
        <p role="alert" className="text-ui text-ink-2">
          You have no way to confirm your identity: no second factor, no password here and no enabled provider. Ask an
          administrator.
        </p>
      </DialogBody>
    );
  return (
    <EntryForm way={ways.code ? "code" : "password"} onProved={onProved}>
      {passkey.message && (
        <Note tone="danger" role="alert">
          {passkey.message}
        </Note>
      )}
      {ways.passkey && passkey.possible && (
        <div>
          <Button aria-busy={passkey.pending || undefined} onClick={passkey.run}>
            <KeyRound aria-hidden />
            Use a passkey
          </Button>
        </div>
      )}
    </EntryForm>
  );
}

function EntryForm({ way, onProved, children }: { way: Way; onProved: () => void; children: React.ReactNode }) {
  const { form, formProps, pending, problem } = useActionForm({
    schema: async () => entrySchema,
    action: async ({ entry }) => {
      const proved = await verifySessionAction(
        way === "password" ? { by: way, password: entry } : { by: way, code: entry },
      );
      const sentence = proved.ok ? undefined : proved.fields?.[way];
      return proved.ok || !sentence ? proved : { ...proved, fields: { entry: sentence } };
    },
    defaultValues: { entry: "" },
    draft: null,
    onSuccess: onProved,
    apart: true,
  });
  const field = { ...form.register("entry"), autoFocus: true };
  return (
    <Form {...formProps} flush className="contents">
      <DialogBody>
        <ErrorSummary problem={problem} labels={{ entry: words[way] }} />
        <Field label={words[way]} hint={hints[way]} error={form.formState.errors.entry?.message}>
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
    </Form>
  );
}
