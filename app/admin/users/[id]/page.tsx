import { IdentityPanel } from "@/components/identity-providers/identity-panel";
import { InvitationPanel } from "@/components/links/invitation-panel";
import { Note } from "@/components/ui/note";
import { DetailsForm } from "@/components/users/details-form";
import { DetailsText } from "@/components/users/details-text";
import { judge } from "@/lib/access/judge";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { identitiesOf } from "@/lib/identity-providers/queries";
import { findInvitation } from "@/lib/links/queries";
import { assignableRoles } from "@/lib/roles/queries";
import { titleOfUser, userOfPage } from "./user-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfUser(params, "Edit User");

export default async function UserDetailsPage({ params }: Props) {
  const ctx = await requireOperation("user.read");
  const { id } = await params;
  const user = await userOfPage(ctx, id);
  const roles = await assignableRoles(ctx);
  const zone = await currentZone();
  const invitation = await findInvitation(ctx, user.id);
  const identities = await identitiesOf(ctx, user.id);
  const unlink = await judge(ctx, ctx.db, "identity.unlink", { person: { id: user.id, name: user.name } });
  return (
    <div className="grid gap-4">
      {user.status === "invited" && user.keeper && (
        <Note>
          {user.firstName} has not signed in yet. The first sign-in through {user.keeper.name} with the verified address{" "}
          {user.email} opens this account.
        </Note>
      )}
      {((user.status === "invited" && !user.keeper) || invitation) && (
        <InvitationPanel
          user={{ id: user.id, name: user.name }}
          invitation={invitation}
          send={user.abilities["invitation.send"]}
          revoke={user.abilities["invitation.revoke"]}
          zone={zone}
          now={ctx.now()}
        />
      )}
      {user.abilities["user.update"].ok ? (
        <DetailsForm user={user} roles={roles} zone={zone} now={ctx.now()} />
      ) : (
        <DetailsText user={user} roles={roles} zone={zone} now={ctx.now()} />
      )}
      {identities.length > 0 && (
        <IdentityPanel
          identities={identities}
          person={user.name}
          reason={unlink.ok ? undefined : unlink.reason}
          zone={zone}
          now={ctx.now()}
        />
      )}
    </div>
  );
}
