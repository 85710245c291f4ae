"use client";
import { CreateAccountForm } from "@/components/service-accounts/create-account-form";
import { RouteDialog } from "@/components/ui/route-dialog";
import type { RoleOption } from "@/lib/roles/queries";

/** The form over the list. */
export function CreateAccountDialog({ roles }: { roles: RoleOption[] }) {
  return (
    <RouteDialog title="Create service account" size="l">
      <CreateAccountForm roles={roles} />
    </RouteDialog>
  );
}
