"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Form } from "@/components/form/form";
import { fromLocal } from "@/components/form/local-time";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { GroupRoleFields } from "@/components/groups/group-role-fields";
import { IdentityFields } from "@/components/groups/identity-fields";
import { Button, LinkButton } from "@/components/ui/button";
import type { Option } from "@/components/ui/combobox";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { useReading } from "@/components/ui/reading";
import { toast } from "@/components/ui/toaster";
import { createGroupAction } from "@/lib/groups/actions";
import { groupsPath } from "@/lib/groups/paths";
import type { RoleOption } from "@/lib/roles/queries";

type CreateGroupFormProps = {
  roles: RoleOption[];
  /** Where "Cancel" leads on a page of its own; in the dialog it closes. */
  cancelHref?: string;
};

/** "Create group": name, owner and roles in one commit; members are added on the page that opens then. */
export function CreateGroupForm({ roles, cancelHref }: CreateGroupFormProps) {
  const router = useRouter();
  const { zone } = useReading();
  const [owner, setOwner] = useState<Option | null>(null);
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/groups/schema").then((module) => module.createGroupSchema),
    action: (input) =>
      createGroupAction({
        ...input,
        roles: input.roles.map((given) => ({ ...given, endsAt: fromLocal(given.endsAt, zone) })),
      }),
    defaultValues: { name: "", description: "", ownerId: null, roles: [] },
    draft: {
      form: "create-group",
      fields: ["name", "description", "ownerId", "roles"],
      beside: { value: { ownerId: owner }, restore: (shown: { ownerId: Option | null }) => setOwner(shown.ownerId) },
    },
    onSuccess: ({ id }, input) => {
      toast.success(`${input.name.trim()} is created`);
      router.replace(`${groupsPath}/${id}/members`);
    },
  });
  const { errors } = form.formState;
  return (
    <Form {...formProps} flush aria-label="Create group" className="flex min-h-0 flex-col">
      <div className="grid min-h-0 content-start gap-4 overflow-auto px-6 pt-4 pb-5 max-s:px-4">
        <ErrorSummary problem={problem} />
        <IdentityFields
          name={form.register("name")}
          description={form.register("description")}
          owner={owner}
          onOwner={(option) => {
            setOwner(option);
            form.setValue("ownerId", option?.id ?? null, { shouldDirty: true });
            form.clearErrors("ownerId");
          }}
          errors={errors}
        />
        <GroupRoleFields
          roles={roles}
          value={form.watch("roles")}
          onChange={(next) => {
            form.setValue("roles", next, { shouldDirty: true });
            form.clearErrors("roles");
          }}
          error={errors.roles?.message}
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
