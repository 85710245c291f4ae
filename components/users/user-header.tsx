import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { PageTitle } from "@/components/shell/page-title";
import { Avatar } from "@/components/ui/avatar";
import { Note } from "@/components/ui/note";
import { Time } from "@/components/ui/time";
import { BesideDetails } from "@/components/users/beside-details";
import { LastSignIn } from "@/components/users/last-sign-in";
import { LateNoPassword } from "@/components/users/late-no-password";
import { UserActions } from "@/components/users/user-actions";
import { UserStatus } from "@/components/users/user-status";
import { UserTabs } from "@/components/users/user-tabs";
import type { UserDetail } from "@/lib/users/queries";

type UserHeaderProps = {
  user: UserDetail;
  zone: string;
  now: Date;
};

const crumbs = [{ href: "/admin/users", label: "User Management", or: [{ href: "/admin/clients", label: "Clients" }] }];

/** The head of every page of one user: who it is, in which state and why, and what can be done. */
export function UserHeader({ user, zone, now }: UserHeaderProps) {
  const { id } = user;
  return (
    <>
      <PageHeader
        crumbs={<Breadcrumb crumbs={crumbs} />}
        lead={<Avatar id={user.id} name={user.name} picture={user.picture} size="l" />}
        title={<PageTitle kind={user.abilities["user.update"].ok ? "Edit User" : undefined}>{user.name}</PageTitle>}
        status={
          <BesideDetails id={id}>
            <UserStatus status={user.status} look="pill" />
          </BesideDetails>
        }
        facts={[
          user.username,
          user.email,
          <BesideDetails key="role" id={id}>
            {user.primaryRole.name}
          </BesideDetails>,
          <BesideDetails key="manager" id={id}>
            {user.manager ? `Reports to ${user.manager.name}` : "Has no manager"}
          </BesideDetails>,
          <BesideDetails key="last" id={id}>
            <LastSignIn at={user.lastSignInAt} zone={zone} now={now} />
          </BesideDetails>,
        ]}
        actions={<UserActions user={subjectOf(user)} />}
      />
      <StateNote user={user} zone={zone} now={now} />
      <LateNoPassword user={withWayIn(user)} />
      <UserTabs id={user.id} counts={user.counts} />
    </>
  );
}

/** What travels, of all that is known of a user. */
const subjectOf = ({ id, name, username, email, mail, status, factors, abilities }: UserDetail) => ({
  ...{ id, name, username, email, mail, status, factors, abilities },
});
const withWayIn = ({ id, name, firstName, email, mail, status, wayIn, abilities, isSelf }: UserDetail) => ({
  ...{ id, name, firstName, email, mail, status, wayIn, abilities, isSelf },
});

/** Since when, until when and why somebody is not simply active. */
function StateNote({ user, zone, now }: UserHeaderProps) {
  if (user.status === "archived")
    return (
      <Note tone="info" className="mb-3">
        Archived
        {user.archivedAt ? (
          <>
            {" "}
            <Time at={user.archivedAt} zone={zone} now={now} form="date" />
          </>
        ) : null}
        . Restoring brings back roles and groups, but no session, client or password.
      </Note>
    );
  if (user.lockedSince)
    return (
      <Note tone="danger" className="mb-3" title="Locked after failed sign-ins">
        Since <Time at={user.lockedSince} zone={zone} now={now} form="exact" />,{" "}
        {user.lockedUntil ? (
          <>
            until <Time at={user.lockedUntil} zone={zone} now={now} form="exact" />.
          </>
        ) : (
          "until an administrator unlocks."
        )}
      </Note>
    );
  if (user.status === "disabled")
    return (
      <Note tone="warning" className="mb-3">
        {user.ended && user.accessEndsAt ? (
          <>
            Access ended <Time at={user.accessEndsAt} zone={zone} now={now} form="exact" />.
          </>
        ) : (
          <>
            Disabled: {user.disabledReason ?? "no reason given"}
            {user.disabledUntil ? (
              <>
                , until <Time at={user.disabledUntil} zone={zone} now={now} form="exact" />
              </>
            ) : null}
            . Clients are paused.
          </>
        )}
      </Note>
    );
  return null;
}
