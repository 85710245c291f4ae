"use client";
import { useState } from "react";
import { RouteDialog } from "@/components/ui/route-dialog";
import { InvitePeopleForm } from "@/components/users/invite-people-form";
import type { RoleOption } from "@/lib/roles/queries";

/** The form over the list; while links are shown, Escape and a click beside it do not close it. */
export function InvitePeopleDialog(props: { roles: RoleOption[]; mail: boolean }) {
  const [showsSecret, setShowsSecret] = useState(false);
  return (
    <RouteDialog
      title="Invite people"
      size="l"
      locked={showsSecret}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        document.querySelector<HTMLElement>('[role="dialog"] [name="text"]')?.focus();
      }}
    >
      <InvitePeopleForm {...props} onSecretShown={() => setShowsSecret(true)} />
    </RouteDialog>
  );
}
