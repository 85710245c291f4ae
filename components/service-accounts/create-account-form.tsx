"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { AccountFields } from "@/components/service-accounts/account-fields";
import { Button, LinkButton } from "@/components/ui/button";
import type { Option } from "@/components/ui/combobox";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toaster";
import type { RoleOption } from "@/lib/roles/queries";
import { createAccountAction } from "@/lib/service-accounts/actions";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";

type CreateAccountFormProps = {
  roles: RoleOption[];
  /** Where "Cancel" leads on a page of its own; in the dialog it closes. */
  cancelHref?: string;
};

/** "Create service account": name, owner and roles in one commit; its tokens are made on the page that opens then. */
export function CreateAccountForm({ roles, cancelHref }: CreateAccountFormProps) {
  const router = useRouter();
  const [owner, setOwner] = useState<Option | null>(null);
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/service-accounts/schema").then((module) => module.createAccountSchema),
    action: createAccountAction,
    defaultValues: { name: "", ownerId: "", roleIds: [] as string[] },
    draft: {
      form: "create-service-account",
      fields: ["name", "ownerId", "roleIds"],
      beside: { value: { ownerId: owner }, restore: (shown: { ownerId: Option | null }) => setOwner(shown.ownerId) },
    },
    onSuccess: ({ id }, input) => {
      toast.success(`${input.name.trim()} is created`);
      router.replace(`${serviceAccountsPath}/${id}/tokens`);
    },
  });
  const { errors } = form.formState;
  return (
    <Form {...formProps} flush aria-label="Create service account" className="flex min-h-0 flex-col">
      <div className="grid min-h-0 content-start gap-4 overflow-auto px-6 pt-4 pb-5 max-s:px-4">
        <ErrorSummary problem={problem} />
        <AccountFields
          name={form.register("name")}
          owner={owner}
          onOwner={(option) => {
            setOwner(option);
            form.setValue("ownerId", option?.id ?? "", { shouldDirty: true });
            form.clearErrors("ownerId");
          }}
          roles={roles}
          roleIds={form.watch("roleIds")}
          onRoles={(next) => {
            form.setValue("roleIds", next, { shouldDirty: true });
            form.clearErrors("roleIds");
          }}
          errors={errors}
        />
      </div>
      <DialogFooter>
        {cancelHref ? (
          <LinkButton href={cancelHref}>Cancel</LinkButton>
        ) : (
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
        )}
        <SubmitButton pending={pending} pendingLabel="Creating">
          Create
        </SubmitButton>
      </DialogFooter>
    </Form>
  );
}
