import { CreateAccountDialog } from "@/components/service-accounts/create-account-dialog";
import { requireOperation } from "@/lib/auth/current";
import { assignableRoles } from "@/lib/roles/queries";

export default async function CreateServiceAccountDialogPage() {
  const ctx = await requireOperation("service_account.create");
  return <CreateAccountDialog roles={await assignableRoles(ctx)} />;
}
