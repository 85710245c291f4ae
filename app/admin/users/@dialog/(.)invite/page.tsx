import { InvitePeopleDialog } from "@/components/users/invite-people-dialog";
import { requireOperation } from "@/lib/auth/current";
import { mailWorks } from "@/lib/mail/transport";
import { assignableRoles } from "@/lib/roles/queries";

export default async function InvitePeopleDialogPage() {
  const ctx = await requireOperation("user.create");
  return <InvitePeopleDialog roles={await assignableRoles(ctx)} mail={await mailWorks(ctx.db)} />;
}
