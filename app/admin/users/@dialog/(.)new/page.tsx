import { CreateUserDialog } from "@/components/users/create-user-dialog";
import { requireOperation } from "@/lib/auth/current";
import { configurationsOffered } from "@/lib/identity-providers/queries";
import { mailWorks } from "@/lib/mail/transport";
import { assignableRoles } from "@/lib/roles/queries";

export default async function CreateUserDialogPage() {
  const ctx = await requireOperation("user.create");
  return (
    <CreateUserDialog
      roles={await assignableRoles(ctx)}
      mail={await mailWorks(ctx.db)}
      configurations={await configurationsOffered(ctx.db)}
    />
  );
}
