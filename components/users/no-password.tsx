"use client";
import { usePathname } from "next/navigation";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import type { HandedLink } from "@/components/links/hand-over";
import { Button, LinkButton } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toaster";
import { useBeforehand } from "@/components/ui/use-beforehand";
import { sendInvitationAction } from "@/lib/invitations/actions";
import type { UserDetail } from "@/lib/users/queries";

const loadHandOver = () => import("@/components/links/hand-over");
const HandOver = late(() => loadHandOver().then((module) => module.HandOver));
const ResetPasswordDialog = late(() =>
  import("@/components/users/reset-password-dialog").then((module) => module.ResetPasswordDialog),
);

export type NoPasswordProps = {
  user: Pick<UserDetail, "id" | "name" | "firstName" | "email" | "mail" | "status" | "wayIn" | "abilities" | "isSelf">;
};

/** Stays until somebody who may sign in has something to sign in with, with the action that the viewer may do (U13). */
export function NoPassword({ user }: NoPasswordProps) {
  const [resetting, setResetting] = useState(false);
  const [link, setLink] = useState<HandedLink | null>(null);
  useBeforehand(loadHandOver);
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <>
      <WayInNote
        user={user}
        actions={<Action user={user} opener={opener} onReset={() => setResetting(true)} onLink={setLink} />}
      />
      {/* Outside the note, which goes with what is done here. */}
      {resetting && <ResetPasswordDialog user={user} first onClose={() => setResetting(false)} opener={opener} />}
      {link && <HandOver kind="link" name={user.name} {...link} onStored={() => setLink(null)} />}
    </>
  );
}

function WayInNote({ user, actions }: Pick<NoPasswordProps, "user"> & { actions: ReactNode }) {
  const { status, wayIn } = user;
  const open = wayIn === "link";
  if (wayIn === "credential" || status === "archived" || status === "disabled") return null;
  // The state of an open invitation is in its own panel.
  if (open && status === "invited") return null;
  return (
    <Note tone={open ? "info" : "warning"} className="mb-3" title="No password yet" actions={actions}>
      {open
        ? `${user.firstName} has a pending link to set one.`
        : wayIn === "outgrown"
          ? `${user.firstName} cannot sign in: the person who set the password may no longer manage this account, and there is no other way to sign in.`
          : `${user.firstName} cannot sign in: there is no password, no passkey and no pending link.`}
    </Note>
  );
}

type ActionProps = NoPasswordProps & {
  opener: RefObject<HTMLButtonElement | null>;
  onReset: () => void;
  onLink: (link: HandedLink) => void;
};

function Action({ user, opener, onReset, onLink }: ActionProps) {
  const { id, name, status, abilities } = user;
  const details = `/admin/users/${id}`;
  // "User Details" has the panel of the invitation, and the form, below.
  const atDetails = usePathname() === details;
  if (status === "invited" && abilities["invitation.send"].ok)
    return atDetails ? null : (
      <ActionButton
        size="s"
        action={sendInvitationAction}
        input={{ id }}
        aria-description={name}
        onSuccess={({ link: secret, linkExpiresAt: expiresAt }) => {
          if (secret) onLink({ secret, expiresAt });
          else toast.success(`An invitation was sent to ${name}`);
        }}
      >
        {user.mail ? "Send invitation" : "Create invitation link"}
      </ActionButton>
    );
  if (abilities["password.reset"].ok)
    return (
      <Button ref={opener} size="s" aria-haspopup="dialog" aria-description={name} onClick={onReset}>
        {user.wayIn === "outgrown" ? (user.mail ? "Send a link" : "Create a link") : "Set a password"}
      </Button>
    );
  if (abilities["user.update"].ok && !user.isSelf && !atDetails)
    return (
      <LinkButton size="s" href={details} aria-description={name}>
        Set a password
      </LinkButton>
    );
  return null;
}
