"use client";
import { useState } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { EndChoice, useEndHint } from "@/components/tokens/end-choice";
import { OperationChoice } from "@/components/tokens/operation-choice";
import type { TokenView } from "@/components/tokens/token-view";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { issueAccountTokenAction } from "@/lib/service-accounts/actions";
import { createTokenAction, issueTokenAction } from "@/lib/tokens/actions";
import type { Carriable, TokenHolder } from "@/lib/tokens/queries";
import type { IssuedToken } from "@/lib/tokens/store";

interface MakeDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  holder: TokenHolder;
  own: boolean;
  /** Whether the holder is notified by mail. */
  told: boolean;
  carriable: Carriable[];
  view: Pick<TokenView, "zone" | "now">;
  onIssued: (token: IssuedToken) => void;
}

/** Asks for a name, an end and operations; the token follows. */
export function MakeDialog({ open, onOpenChange, own, told, holder, ...rest }: MakeDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="New access token"
        description={
          holder.account
            ? `It can do what you choose here, within what ${holder.name} can do at that moment.`
            : own
              ? "It can do what you choose here, for the people you can do it for, and never more than you."
              : `It acts as ${holder.name}${told ? ", who is notified by mail," : ""} and can do what you choose here.`
        }
      >
        <MakeForm own={own} holder={holder} {...rest} />
      </DialogContent>
    </Dialog>
  );
}

function MakeForm({ holder, own, carriable, view, onIssued }: Omit<MakeDialogProps, "open" | "onOpenChange" | "told">) {
  const [chosen, setChosen] = useState<string[]>([]);
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/tokens/schema").then((module) => module.createTokenSchema),
    action: (input) =>
      holder.account
        ? issueAccountTokenAction({ ...input, id: holder.id })
        : own
          ? createTokenAction(input)
          : issueTokenAction({ ...input, userId: holder.id }),
    defaultValues: { name: "", days: "30", operations: [] as string[] },
    draft: { form: "make-token", record: holder.id, fields: ["name", "days"] },
    onSuccess: onIssued,
  });
  const { errors } = form.formState;
  const days = String(form.watch("days") ?? "");
  const short = carriable.some(({ key, proof }) => proof && chosen.includes(key));
  const hint = useEndHint(days, view.now, short);

  function choose(next: string[]) {
    setChosen(next);
    form.setValue("operations", next, { shouldDirty: true });
    if (form.formState.isSubmitted) void form.trigger("operations");
    const needsShort = carriable.some(({ key, proof }) => proof && next.includes(key));
    if (needsShort && (days === "" || days === "365")) form.setValue("days", "90", { shouldDirty: true });
  }

  return (
    <Form {...formProps} flush className="contents">
      <DialogBody>
        <ErrorSummary problem={problem} />
        <Field label="Name" hint="Such as “nightly build”." error={errors.name?.message}>
          <Input {...form.register("name")} autoComplete="off" spellCheck={false} />
        </Field>
        <Field label="Expires" hint={hint} error={errors.days?.message}>
          <EndChoice {...form.register("days")} short={short} />
        </Field>
        <OperationChoice carriable={carriable} value={chosen} onChange={choose} error={errors.operations?.message} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton pending={pending} pendingLabel="Creating">
          Create token
        </SubmitButton>
      </DialogFooter>
    </Form>
  );
}
