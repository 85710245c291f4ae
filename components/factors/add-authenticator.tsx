"use client";
import { Smartphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { z } from "zod";
import { RecoveryCodes } from "@/components/factors/recovery-codes";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useAction } from "@/components/form/use-action";
import { useActionForm } from "@/components/form/use-action-form";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { addAuthenticatorAction, beginAuthenticatorAction } from "@/lib/factors/actions";
import type { AuthenticatorOffer } from "@/lib/factors/totp";

type Step = { offer: AuthenticatorOffer } | { codes: string[] };

/** The button and its dialog: the QR code, the first code, then the recovery codes if there were none. */
export function AddAuthenticator({ reason, size }: Pick<ButtonProps, "reason" | "size">) {
  const router = useRouter();
  const [step, setStep] = useState<Step | null>(null);
  const begin = useAction(beginAuthenticatorAction, (offer) => setStep({ offer }));

  function leave() {
    setStep(null);
    router.refresh();
  }

  const codes = step && "codes" in step ? step.codes : null;
  return (
    <>
      <Button size={size} reason={reason} aria-busy={begin.pending || undefined} onClick={() => begin.run({})}>
        <Smartphone aria-hidden />
        Add an authenticator app
      </Button>
      <Dialog open={step !== null} onOpenChange={(open) => !open && leave()}>
        {step && (
          <DialogContent
            title={codes ? "Store your recovery codes" : "Add an authenticator app"}
            locked={codes !== null}
          >
            {"offer" in step ? (
              <OfferForm offer={step.offer} onAdded={(made) => (made ? setStep({ codes: made }) : leave())} />
            ) : (
              <RecoveryCodes codes={step.codes} onStored={leave} />
            )}
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}

const codeSchema = z.strictObject({ code: z.string().trim().min(1, "Enter the code that the app shows.") });

function OfferForm({ offer, onAdded }: { offer: AuthenticatorOffer; onAdded: (codes: string[] | null) => void }) {
  const { form, formProps, pending, problem } = useActionForm({
    schema: async () => codeSchema,
    action: ({ code }) => addAuthenticatorAction({ sealed: offer.sealed, code }),
    defaultValues: { code: "" },
    draft: null,
    onSuccess: ({ codes }) => onAdded(codes),
  });
  return (
    <Form {...formProps} flush className="contents">
      <DialogBody>
        <ErrorSummary problem={problem} labels={{ code: "Code" }} />
        <div className="flex items-start gap-4 max-s:flex-col max-s:items-center">
          <svg
            role="img"
            aria-label="QR code for the authenticator app"
            viewBox={`0 0 ${offer.qr.size} ${offer.qr.size}`}
            shapeRendering="crispEdges"
            className="size-44 flex-none rounded-md border border-line"
          >
            <rect width="100%" height="100%" fill="white" />
            <path d={offer.qr.path} fill="black" />
          </svg>
          <div className="grid gap-2 text-ui text-ink-2">
            <p>Scan this with the app. If you cannot use the camera, enter this key instead:</p>
            <p className="font-mono break-all select-all">{offer.key}</p>
          </div>
        </div>
        <Field label="Code" hint="The six digits shown in the app." error={form.formState.errors.code?.message}>
          <Input {...form.register("code")} inputMode="numeric" autoComplete="one-time-code" maxLength={20} />
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton pending={pending} pendingLabel="Checking">
          Add
        </SubmitButton>
      </DialogFooter>
    </Form>
  );
}
