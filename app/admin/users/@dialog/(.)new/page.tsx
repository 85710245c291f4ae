import { RouteDialog } from "@/components/ui/route-dialog";
import { CreateUserForm } from "@/components/users/create-user-form";
import { requireOperation } from "@/lib/auth/current";
import { assignableRoles } from "@/lib/roles/queries";

export default async function CreateUserDialog() {
  const ctx = await requireOperation("user.create");
  return (
    <RouteDialog title="Create User" size="l">
      <CreateUserForm roles={await assignableRoles(ctx)} />
    </RouteDialog>
  );
}
