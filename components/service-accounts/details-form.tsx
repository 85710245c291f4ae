"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useReload } from "@/components/form/use-reload";
import { listAddress } from "@/components/list/list-addresses";
import { AccountFields } from "@/components/service-accounts/account-fields";
import { Button } from "@/components/ui/button";
import type { Option } from "@/components/ui/combobox";
import { Panel, PanelFoot, PanelHead } from "@/components/ui/panel";
import { toast } from "@/components/ui/toaster";
import type { RoleOption } from "@/lib/roles/queries";
import { updateAccountAction } from "@/lib/service-accounts/actions";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";
import type { AccountDetail } from "@/lib/service-accounts/queries";

export type EditedAccount = Pick<AccountDetail, "id" | "version" | "name" | "ownerId" | "owner" | "roles">;
type DetailsFormProps = { account: EditedAccount; roles: RoleOption[] };

/** The form "Details". It saves what it shows and nothing else. */
export function DetailsForm(props: DetailsFormProps) {
  const [round, reload] = useReload();
  return <LoadedForm key={round} {...props} onReload={reload} />;
}

function LoadedForm({ account, roles, onReload }: DetailsFormProps & { onReload: () => void }) {
  const router = useRouter();
  const [owner, setOwner] = useState<Option | null>(ownerOf(account));
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/service-accounts/schema").then((module) => module.updateAccountSchema),
    action: updateAccountAction,
    defaultValues: valuesOf(account),
    draft: {
      form: "service-account",
      record: account.id,
      fields: ["name", "ownerId", "roleIds"],
      beside: { value: { ownerId: owner }, restore: (shown: { ownerId: Option | null }) => setOwner(shown.ownerId) },
    },
    onSuccess: ({ version, inSight }, input) => {
      form.reset({ ...input, version });
      toast.success(`${input.name.trim()} is saved`);
      if (!inSight) router.replace(listAddress(serviceAccountsPath));
    },
  });
  const { errors, isDirty } = form.formState;

  useEffect(() => {
    if (form.formState.isDirty) return;
    form.reset(valuesOf(account));
    setOwner(ownerOf(account));
  }, [form, account]);

  return (
    <Form {...formProps} className="max-w-[760px]" aria-label="Details">
      <Panel>
        <PanelHead title="Details" />
        <div className="grid gap-4 px-4 pt-1 pb-4">
          <ErrorSummary
            problem={problem}
            actions={problem?.code === "conflict" && <Button onClick={onReload}>Reload</Button>}
          />
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
            held={account.roles.map(({ id }) => id)}
            reasons={Object.fromEntries(account.roles.map(({ id, reason }) => [id, reason]))}
            errors={errors}
          />
        </div>
        <PanelFoot
          actions={
            <SubmitButton pending={pending} pendingLabel="Updating" changed={isDirty}>
              Update
            </SubmitButton>
          }
        />
      </Panel>
    </Form>
  );
}

const ownerOf = ({ owner }: EditedAccount): Option | null => owner && { id: owner.id, label: owner.name };

const valuesOf = ({ id, version, name, ownerId, roles }: EditedAccount) => ({
  id,
  version,
  name,
  ownerId: ownerId ?? "",
  roleIds: roles.map((role) => role.id).toSorted(),
});
