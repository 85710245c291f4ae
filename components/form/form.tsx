"use client";
import type { ComponentProps } from "react";
import type { ActionForm } from "@/components/form/use-action-form";
import type { DraftOffer } from "@/components/form/use-draft";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Note } from "@/components/ui/note";
import { useReading } from "@/components/ui/reading";
import { exactTime } from "@/components/ui/time";

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
      {offer && <Offer {...offer} flush={flush} />}
      {children}
    </form>
  );
}

function Offer({ at, restore, discard, flush }: DraftOffer & { flush: boolean | undefined }) {
  const { zone, form } = useReading();
  return (
    <div className={cn(flush ? "px-4 pt-4 in-data-raised:px-6 in-data-raised:pb-3 max-s:in-data-raised:px-4" : "mb-3")}>
      <Note
        tone="accent"
        role="status"
        actions={
          <>
            <Button size="s" onClick={restore}>
              Restore
            </Button>
            <Button size="s" variant="quiet" onClick={discard}>
              Discard
            </Button>
          </>
        }
      >
        You have unsaved changes from {exactTime(new Date(at), zone, form)}.
      </Note>
    </div>
  );
}
