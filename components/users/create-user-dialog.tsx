"use client";
import { useState } from "react";
import { RouteDialog } from "@/components/ui/route-dialog";
import { CreateUserForm } from "@/components/users/create-user-form";
import type { OfferedConfiguration } from "@/lib/identity-providers/queries";
import type { RoleOption } from "@/lib/roles/queries";

type CreateUserDialogProps = { roles: RoleOption[]; mail: boolean; configurations: OfferedConfiguration[] };

/**
 * The wizard over the list. The first field to fill in has the focus, not the cross before it; while a generated
 * password or a link is shown, Escape and a click beside it do not close it.
 */
export function CreateUserDialog(props: CreateUserDialogProps) {
  const [showsSecret, setShowsSecret] = useState(false);
  return (
    <RouteDialog
      title="Create User"
      size="l"
      locked={showsSecret}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        document.querySelector<HTMLElement>('[role="dialog"] [name="email"]')?.focus();
      }}
    >
      <CreateUserForm {...props} onSecretShown={() => setShowsSecret(true)} />
    </RouteDialog>
  );
}
