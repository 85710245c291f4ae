"use client";
import { useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import type { HandedLink } from "@/components/links/hand-over";
import { late } from "@/components/ui/late";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import { useBeforehand } from "@/components/ui/use-beforehand";
import type { Decision } from "@/lib/authz/decision";
import { revokeInvitationAction, sendInvitationAction } from "@/lib/invitations/actions";
import type { Invitation } from "@/lib/links/queries";

const loadHandOver = () => import("./hand-over");
const HandOver = late(() => loadHandOver().then((module) => module.HandOver));

interface InvitationPanelProps {
  user: { id: string; name: string };
  /** The newest one; null for somebody who was never sent any. */
  invitation: Invitation | null;
  /** Where they are awaited instead of by a link, and when the last mail said so. */
  awaited: { provider: string; email: string; firstName: string; sentAt: Date | null } | null;
  send: Decision;
  revoke: Decision;
  /** Whether a link can be mailed; else it is shown once. */
  mail: boolean;
  zone: string;
  now: Date;
}

const reasonOf = (decision: Decision) => (decision.ok ? undefined : decision.reason);

/** The state of a user's invitation, and what can be done about it. */
export function InvitationPanel({ user, invitation, awaited, send, revoke, mail, zone, now }: InvitationPanelProps) {
  const [link, setLink] = useState<HandedLink | null>(null);
  useBeforehand(loadHandOver);
  const open = invitation?.state === "open" || invitation?.state === "outgrown";
  return (
    <Panel aria-labelledby="invitation" className="max-w-[760px]">
      <PanelHead
        title="Invitation"
        titleId="invitation"
        actions={
          <>
            {open && (
              <ActionButton
                action={revokeInvitationAction}
                input={{ id: user.id }}
                reason={reasonOf(revoke)}
                confirm={{
                  title: `Revoke the invitation of ${user.name}?`,
                  body: "The link stops working at once. A new one can be sent at any time.",
                  label: "Revoke",
                  danger: true,
                }}
                onSuccess={() => toast.success("The invitation is revoked")}
              >
                Revoke
              </ActionButton>
            )}
            {(send.ok || send.code === "forbidden") && (
              <ActionButton
                action={sendInvitationAction}
                input={{ id: user.id }}
                reason={reasonOf(send)}
                onSuccess={({ link: secret, linkExpiresAt: expiresAt }) => {
                  if (secret) setLink({ secret, expiresAt });
                  else toast.success(`An invitation was sent to ${user.name}`);
                }}
              >
                {!mail ? "Create invitation link" : invitation || awaited?.sentAt ? "Send again" : "Send invitation"}
              </ActionButton>
            )}
          </>
        }
      />
      <PanelBody>
        <p className="text-ui text-ink-2">
          {awaited ? (
            <Awaited awaited={awaited} zone={zone} now={now} />
          ) : invitation ? (
            <Standing invitation={invitation} zone={zone} now={now} />
          ) : (
            "No invitation was sent yet."
          )}
        </p>
      </PanelBody>
      {link && <HandOver kind="link" name={user.name} {...link} onStored={() => setLink(null)} />}
    </Panel>
  );
}

type AwaitedProps = Pick<InvitationPanelProps, "zone" | "now"> & {
  awaited: NonNullable<InvitationPanelProps["awaited"]>;
};

function Awaited({ awaited: { provider, email, firstName, sentAt }, zone, now }: AwaitedProps) {
  return (
    <>
      {firstName} has not signed in yet. The first sign-in through {provider} with the verified address {email}{" "}
      activates this account.{" "}
      {sentAt && (
        <>
          The last mail about it is from <Time at={sentAt} zone={zone} now={now} form="exact" />.
        </>
      )}
    </>
  );
}

type StandingProps = Pick<InvitationPanelProps, "zone" | "now"> & { invitation: Invitation };

function Standing({ invitation: { state, sentAt, expiresAt, endedAt }, zone, now }: StandingProps) {
  const time = (at: Date) => <Time at={at} zone={zone} now={now} form="exact" />;
  return (
    <>
      Sent {time(sentAt)}. {state === "open" && <>Expires {time(expiresAt)}.</>}
      {state === "outgrown" && "It no longer works: the person who sent it may no longer manage this account."}
      {state === "expired" && <>Expired {time(expiresAt)}, unused.</>}
      {state === "revoked" && endedAt && <>Revoked {time(endedAt)}.</>}
      {state === "accepted" && endedAt && <>Accepted {time(endedAt)}.</>}
    </>
  );
}
