"use client";
import type { RefObject } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Button } from "@/components/ui/button";
import { CheckLine } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { focusOn } from "@/components/ui/focus";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { createViewAction } from "@/lib/views/actions";

interface SaveDialogProps {
  /** The name of the list, and its filters and sort as in an address. */
  list: string;
  state: string;
  mayShare: boolean;
  onSaved: (id: string) => void;
  onClose: () => void;
  /** Gets the focus back. */
  opener: RefObject<HTMLElement | null>;
}

/** Saves the list as it is asked for under a name. */
export function SaveDialog({ list, state, mayShare, onSaved, onClose, opener }: SaveDialogProps) {
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/views/schema").then((module) => module.saveViewSchema),
    action: createViewAction,
    defaultValues: { list, name: "", query: state, shared: false },
    draft: { form: "save-view", record: list, fields: ["name", "shared"] },
    onSuccess: ({ id }, { name }) => {
      toast.success(`${name} is saved`);
      onClose();
      onSaved(id);
    },
  });
  const { errors } = form.formState;
  return (
    <Dialog open onOpenChange={(open) => !open && !pending && onClose()}>
      <DialogContent
        size="s"
        title="Save view"
        description="Saves the search, filters and sort order of this list."
        onCloseAutoFocus={focusOn(opener)}
      >
        <Form {...formProps} flush className="contents">
          <DialogBody>
            {problem && !problem.fields.name && <ErrorSummary problem={problem} />}
            <Field label="Name" error={errors.name?.message}>
              <Input {...form.register("name")} autoComplete="off" />
            </Field>
            {mayShare && (
              <CheckLine
                {...form.register("shared")}
                label="Share with everybody"
                hint="Everybody who can open this list sees the view. It shows them only what they already have access to."
              />
            )}
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <SubmitButton pending={pending} pendingLabel="Saving">
              Save view
            </SubmitButton>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
