import { CreateGroupDialog } from "@/components/groups/create-group-dialog";
import { requireOperation } from "@/lib/auth/current";
import { assignableRoles } from "@/lib/roles/queries";

export default async function CreateGroupDialogPage() {
  const ctx = await requireOperation("group.create");
  return <CreateGroupDialog roles={await assignableRoles(ctx)} />;
}
