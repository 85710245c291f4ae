"use client";
import { useState } from "react";
import { RouteDialog } from "@/components/ui/route-dialog";
import { CreateUserForm } from "@/components/users/create-user-form";
import type { RoleOption } from "@/lib/roles/queries";

/**
 * The wizard over the list. The first field to fill in has the focus, not the cross before it; while a generated
 * password is shown, neither Escape nor a click beside it leads away.
 */
export function CreateUserDialog({ roles }: { roles: RoleOption[] }) {
  const [showsPassword, setShowsPassword] = useState(false);
  return (
    <RouteDialog
      title="Create User"
      size="l"
      locked={showsPassword}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        document.querySelector<HTMLElement>('[role="dialog"] [name="username"]')?.focus();
      }}
    >
      <CreateUserForm roles={roles} onPasswordShown={() => setShowsPassword(true)} />
    </RouteDialog>
  );
}
