"use client";
import { KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { makePasskey } from "@/components/factors/ceremony";
import { RecoveryCodes } from "@/components/factors/recovery-codes";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Withdrawn } from "@/components/form/withdrawn";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { addPasskeyAction, beginPasskeyAction } from "@/lib/factors/actions";
import type { AddedFactor } from "@/lib/factors/commands/add";
import type { ActionResult } from "@/lib/http/action";

/** The button and its dialog: a name, the browser's own question, then the recovery codes if there were none. */
export function AddPasskey({ reason, size }: Pick<ButtonProps, "reason" | "size">) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);

  function leave() {
    setOpen(false);
    setCodes(null);
    router.refresh();
  }

  return (
    <>
      <Button size={size} reason={reason} onClick={() => setOpen(true)}>
        <KeyRound aria-hidden />
        Add a passkey
      </Button>
      <Dialog open={open} onOpenChange={(to) => !to && leave()}>
        {open && (
          <DialogContent title={codes ? "Store your recovery codes" : "Add a passkey"} locked={codes !== null}>
            {codes ? (
              <RecoveryCodes codes={codes} onStored={leave} />
            ) : (
              <NameForm onAdded={(made) => (made ? setCodes(made) : leave())} />
            )}
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}

function NameForm({ onAdded }: { onAdded: (codes: string[] | null) => void }) {
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/factors/schema").then((module) => module.passkeyNameSchema),
    action: register,
    defaultValues: { name: "" },
    draft: null,
    onSuccess: ({ codes }) => onAdded(codes),
  });
  return (
    <Form {...formProps} flush className="contents">
      <DialogBody>
        <ErrorSummary problem={problem} labels={{ name: "Name" }} />
        <p className="text-ui text-ink-2">
          Stored on this device, your phone or a security key, and unlocked with your fingerprint, face or PIN.
        </p>
        <Field
          label="Name"
          hint="To tell your passkeys apart, such as “Work laptop”."
          error={form.formState.errors.name?.message}
        >
          <Input {...form.register("name")} autoComplete="off" maxLength={60} />
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton pending={pending} pendingLabel="Waiting for the device">
          Continue
        </SubmitButton>
      </DialogFooter>
    </Form>
  );
}

async function register({ name }: { name: string }): Promise<ActionResult<AddedFactor>> {
  const begun = await beginPasskeyAction({});
  if (!begun.ok) return begun;
  const response = await makePasskey(begun.value.options).catch((error: unknown) => {
    if (error instanceof Error && error.name === "InvalidStateError") return "known" as const;
    throw error;
  });
  if (response === "known")
    return { ok: false, code: "conflict", message: "This device already has a passkey for your account." };
  if (!response) throw new Withdrawn();
  return addPasskeyAction({ name, challengeId: begun.value.challengeId, response });
}
