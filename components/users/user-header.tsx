"use client";
import { PageHeader } from "@/components/shell/page-header";
import { Avatar } from "@/components/ui/avatar";
import { Note } from "@/components/ui/note";
import { Time } from "@/components/ui/time";
import { NoPassword } from "@/components/users/no-password";
import { UserActions } from "@/components/users/user-actions";
import { UserStatus } from "@/components/users/user-status";
import { UserTabs } from "@/components/users/user-tabs";
import type { UserDetail } from "@/lib/users/queries";

type UserHeaderProps = { user: UserDetail; zone: string; now: Date };

/** The head of every page of one user: who it is, in which state and why, and what can be done. */
export function UserHeader({ user, zone, now }: UserHeaderProps) {
  return (
    <>
      <PageHeader
        crumbs={[{ href: "/admin/users", label: "User Management" }]}
        lead={<Avatar id={user.id} name={user.name} picture={user.picture} size="l" />}
        title={
          user.abilities["user.update"].ok ? (
            <>
              <span className="font-normal text-muted">Edit User</span> {user.name}
            </>
          ) : (
            user.name
          )
        }
        status={<UserStatus status={user.status} look="pill" />}
        facts={[
          user.username,
          user.email,
          user.primaryRole.name,
          user.factors.length > 0 ? `Second factor: ${user.factors.join(", ")}` : "No second factor",
          user.manager ? `Reports to ${user.manager.name}` : "Has no manager",
          user.lastSignInAt ? (
            <>
              Last sign-in <Time at={user.lastSignInAt} zone={zone} now={now} />
            </>
          ) : (
            "Never signed in"
          ),
        ]}
        actions={<UserActions user={user} />}
      />
      <StateNote user={user} zone={zone} now={now} />
      <NoPassword user={user} />
      <UserTabs id={user.id} counts={user.counts} />
    </>
  );
}

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
