"use client";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { generateClientAction } from "@/lib/clients/actions";
import type { IssuedToken } from "@/lib/clients/token";

interface GenerateDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  owner: { id: string; name: string };
  onIssued: (token: IssuedToken) => void;
}

/** Asks for the name of the machine or program; its token follows. */
export function GenerateDialog({ open, onOpenChange, owner, onIssued }: GenerateDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        size="s"
        title="Generate a client"
        description={`Creates a client for ${owner.name} and shows its one-time token next.`}
      >
        <GenerateForm userId={owner.id} onIssued={onIssued} />
      </DialogContent>
    </Dialog>
  );
}

function GenerateForm({ userId, onIssued }: { userId: string; onIssued: (token: IssuedToken) => void }) {
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/clients/schema").then((module) => module.generateClientSchema),
    action: generateClientAction,
    defaultValues: { userId, name: "" },
    draft: { form: "generate-client", record: userId, fields: ["name"] },
    onSuccess: onIssued,
  });
  return (
    <Form {...formProps} flush className="flex min-h-0 flex-col">
      <DialogBody>
        {problem && !problem.fields.name && <ErrorSummary problem={problem} />}
        <Field
          label="Name"
          hint="Such as “lab-rig-03”. 1 to 64 characters, not case-sensitive."
          error={form.formState.errors.name?.message}
        >
          <Input {...form.register("name")} autoComplete="off" spellCheck={false} />
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton pending={pending} pendingLabel="Generating">
          Generate
        </SubmitButton>
      </DialogFooter>
    </Form>
  );
}
