"use client";
import type { ReactNode } from "react";
import { Form } from "@/components/form/form";
import type { ActionForm } from "@/components/form/use-action-form";
import { DialogBody } from "@/components/ui/dialog";
import { CancelFooter, HeldDialog, type HeldDialogProps } from "@/components/ui/held-dialog";

type FormDialogProps = HeldDialogProps & {
  formProps: ActionForm<never>["formProps"];
  /** Names the form, where something asks for it. */
  label?: string;
  /** The button that sends it. */
  submit: ReactNode;
};

/** A form of useActionForm in a dialog of its own. */
export function FormDialog({ formProps, label, submit, children, ...dialog }: FormDialogProps) {
  return (
    <HeldDialog {...dialog}>
      <Form {...formProps} flush className="contents" aria-label={label}>
        <DialogBody>{children}</DialogBody>
        <CancelFooter>{submit}</CancelFooter>
      </Form>
    </HeldDialog>
  );
}
