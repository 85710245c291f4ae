"use client";
import { CreateGroupForm } from "@/components/groups/create-group-form";
import { RouteDialog } from "@/components/ui/route-dialog";
import type { RoleOption } from "@/lib/roles/queries";

/** The form over the list; the first field to fill in has the focus, not the cross before it. */
export function CreateGroupDialog({ roles }: { roles: RoleOption[] }) {
  return (
    <RouteDialog title="Create group" size="l">
      <CreateGroupForm roles={roles} />
    </RouteDialog>
  );
}
