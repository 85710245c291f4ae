import { IdentityPanel } from "@/components/identity-providers/identity-panel";
import { PrepareLink } from "@/components/identity-providers/prepare-link-dialog";
import { InvitationPanel } from "@/components/links/invitation-panel";
import { DetailsForm } from "@/components/users/details-form";
import { DetailsText } from "@/components/users/details-text";
import { UserSummary } from "@/components/users/user-summary";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import type { Decision } from "@/lib/authz/decision";
import { awaitedLinks, linkableProviders } from "@/lib/identity-providers/linkable";
import { findProviderInvitation } from "@/lib/identity-providers/prepare";
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
  const [roles, zone, invitation, identities, awaited, providers] = await Promise.all([
    assignableRoles(ctx),
    currentZone(),
    findInvitation(ctx, user.id),
    identitiesOf(ctx, user.id),
    awaitedLinks(ctx, user.id),
    linkableProviders(ctx, user.id),
  ]);
  return (
    <div className="grid gap-4 wide:flex wide:items-start wide:gap-6">
      <UserSummary user={user} zone={zone} now={ctx.now()} />
      <div className="grid min-w-0 max-w-[760px] flex-1 gap-4">
        {(user.status === "invited" || invitation) && (
          <InvitationPanel
            user={{ id: user.id, name: user.name }}
            invitation={invitation}
            awaited={
              user.status === "invited" && user.keeper
                ? {
                    provider: user.keeper.name,
                    email: user.email,
                    firstName: user.firstName,
                    sentAt: await findProviderInvitation(ctx, user.id),
                  }
                : null
            }
            send={user.abilities["invitation.send"]}
            revoke={user.abilities["invitation.revoke"]}
            mail={user.mail}
            zone={zone}
            now={ctx.now()}
          />
        )}
        {user.abilities["user.update"].ok ? (
          <DetailsForm user={user} roles={roles} zone={zone} now={ctx.now()} />
        ) : (
          <DetailsText user={user} roles={roles} zone={zone} now={ctx.now()} />
        )}
        {(identities.length > 0 || awaited.length > 0 || providers.length > 0) && (
          <IdentityPanel
            identities={identities.map((identity) => ({ ...identity, reason: reasonOf(user.identities.unlink) }))}
            person={user.name}
            awaited={{ links: awaited, reason: reasonOf(user.identities.cancel) }}
            actions={
              <PrepareLink
                user={{ id: user.id, name: user.name, email: user.email }}
                providers={providers.filter(({ name }) => !awaited.some(({ provider }) => provider === name))}
                reason={reasonOf(user.abilities["identity.prepare"])}
              />
            }
            zone={zone}
            now={ctx.now()}
          />
        )}
      </div>
    </div>
  );
}

const reasonOf = (decision: Decision) => (decision.ok ? undefined : decision.reason);
