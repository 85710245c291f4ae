"use client";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { EndChoice, useEndHint } from "@/components/tokens/end-choice";
import type { TokenView } from "@/components/tokens/token-view";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import { regenerateTokenAction } from "@/lib/tokens/actions";
import type { ListedToken } from "@/lib/tokens/queries";
import { overlapHours } from "@/lib/tokens/schema";
import type { IssuedToken } from "@/lib/tokens/store";

interface RegenerateDialogProps {
  token: ListedToken;
  view: Pick<TokenView, "zone" | "now">;
  onClose: () => void;
  onIssued: (token: IssuedToken) => void;
}

const overlapLabels: Record<(typeof overlapHours)[number], string> = {
  0: "At once",
  1: "In an hour",
  24: "In a day",
  168: "In a week",
};

/** A new secret under the same name (T3); it says when the old one stops. */
export function RegenerateDialog({ token, view, onClose, onIssued }: RegenerateDialogProps) {
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/tokens/schema").then((module) => module.regenerateTokenSchema),
    action: regenerateTokenAction,
    defaultValues: { id: token.id, days: token.proof ? "90" : "30", overlapHours: "0" },
    draft: { form: "regenerate-token", record: token.id, fields: ["days", "overlapHours"] },
    onSuccess: onIssued,
  });
  const { errors } = form.formState;
  const hint = useEndHint(String(form.watch("days") ?? ""), view.now, token.proof);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="s"
        title={`Regenerate ${token.name}`}
        description="Creates a new token with the same name and operations, and shows it next."
      >
        <Form {...formProps} flush className="contents">
          <DialogBody>
            <ErrorSummary problem={problem} />
            <Field
              label="The old token stops"
              hint="A later time lets you store the new token first."
              error={errors.overlapHours?.message}
            >
              <Select
                {...form.register("overlapHours")}
                options={overlapHours.map((hours) => ({ value: String(hours), label: overlapLabels[hours] }))}
              />
            </Field>
            <Field label="The new token expires" hint={hint} error={errors.days?.message}>
              <EndChoice {...form.register("days")} short={token.proof} />
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <SubmitButton pending={pending} pendingLabel="Regenerating">
              Regenerate
            </SubmitButton>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
