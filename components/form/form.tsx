"use client";
import type { ComponentProps } from "react";
import type { ActionForm } from "@/components/form/use-action-form";
import { late } from "@/components/ui/late";

const DraftNote = late(() => import("@/components/form/draft-note").then((module) => module.DraftNote));

type FormProps = Omit<ComponentProps<"form">, "action" | "method" | "noValidate"> &
  ActionForm<never>["formProps"] & {
    /** For a form that reaches the edges of a dialog or a panel. */
    flush?: boolean;
  };

/**
 * The <form> of useActionForm, with the offer of a draft above its fields. `post`, so that a form sent before its script
 * runs keeps its values out of the address.
 */
export function Form({ offer, flush, children, ...rest }: FormProps) {
  return (
    <form {...rest} noValidate method="post">
      {offer && <DraftNote {...offer} flush={flush} />}
      {children}
    </form>
  );
}
