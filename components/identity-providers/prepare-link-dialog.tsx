"use client";
import { Link2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type RefObject, useRef, useState } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { prepareLinkAction } from "@/lib/identity-providers/actions";
import type { LinkableProvider } from "@/lib/identity-providers/linkable";

type PrepareLinkProps = {
  user: { id: string; name: string; email: string };
  /** Those with which the user can be linked. */
  providers: LinkableProvider[];
  reason: string | undefined;
};

/** The button and its dialog: at which provider, and under which address, the user is known. */
export function PrepareLink({ user, providers, reason }: PrepareLinkProps) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const none = providers.length === 0 ? "No other provider is enabled." : undefined;
  return (
    <>
      <Button ref={opener} reason={reason ?? none} onClick={() => setOpen(true)}>
        <Link2 aria-hidden />
        Link
      </Button>
      {open && <PrepareDialog user={user} providers={providers} opener={opener} onClose={() => setOpen(false)} />}
    </>
  );
}

type PrepareDialogProps = Omit<PrepareLinkProps, "reason"> & {
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
};

function PrepareDialog({ user, providers, opener, onClose }: PrepareDialogProps) {
  const router = useRouter();
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/identity-providers/schema").then((module) => module.prepareLinkSchema),
    action: prepareLinkAction,
    defaultValues: { userId: user.id, providerId: providers[0]?.id ?? "", email: user.email },
    draft: { form: "prepare-link", record: user.id, fields: ["providerId", "email"] },
    onSuccess: () => {
      toast.success(`The link waits for the first sign-in of ${user.name}`);
      onClose();
      router.refresh();
    },
  });
  const { errors } = form.formState;
  const chosen = providers.find(({ id }) => id === form.watch("providerId"));
  return (
    <FormDialog
      {...{ formProps, pending, onClose, opener }}
      size="s"
      title={`Link ${user.name} to a provider`}
      description="The first person to sign in there with this address, verified by the provider, is linked to this user."
      submit={
        <SubmitButton pending={pending} pendingLabel="Preparing">
          Prepare the link
        </SubmitButton>
      }
    >
      <ErrorSummary problem={problem} labels={{ providerId: "Provider", email: "Email at the provider" }} />
      <Field label="Provider" error={errors.providerId?.message}>
        <Select
          {...form.register("providerId")}
          options={providers.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <Field
        label="Email at the provider"
        error={errors.email?.message}
        hint={
          chosen && chosen.domains.length > 0
            ? `An address of ${chosen.domains.join(", ")}. It expires in 30 days.`
            : "It expires in 30 days."
        }
      >
        <Input {...form.register("email")} type="email" autoComplete="off" />
      </Field>
      <p className="text-xs text-muted">
        Anyone who controls this address at the provider can then sign in as {user.name}.
      </p>
    </FormDialog>
  );
}
