"use client";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useRef, useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import { Button, LinkButton } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toaster";
import { useBeforehand } from "@/components/ui/use-beforehand";
import { sendInvitationAction } from "@/lib/invitations/actions";
import type { UserDetail } from "@/lib/users/queries";

const loadHandOver = () => import("@/components/links/hand-over");
const HandOver = dynamic(() => loadHandOver().then((module) => module.HandOver), { ssr: false });
const ResetPasswordDialog = dynamic(
  () => import("@/components/users/reset-password-dialog").then((module) => module.ResetPasswordDialog),
  { ssr: false },
);

type NoPasswordProps = {
  user: Pick<UserDetail, "id" | "name" | "firstName" | "status" | "wayIn" | "abilities" | "isSelf">;
};

/** Stays until somebody who may sign in has something to sign in with, with the action that the viewer may do (U13). */
export function NoPassword({ user }: NoPasswordProps) {
  const { status, wayIn } = user;
  const open = wayIn === "link";
  if (wayIn === "credential" || status === "archived" || status === "disabled") return null;
  // How an open invitation stands is told by its own panel.
  if (open && status === "invited") return null;
  return (
    <Note tone={open ? "info" : "warning"} className="mb-3" title="No password yet" actions={<Action user={user} />}>
      {open
        ? `A link is open by which ${user.firstName} can set one.`
        : wayIn === "outgrown"
          ? `${user.firstName} cannot sign in: whoever set the password may no longer act on this account, and no other way in is open.`
          : `${user.firstName} cannot sign in: there is neither a password nor a passkey, and no link to set one is open.`}
    </Note>
  );
}

function Action({ user }: NoPasswordProps) {
  const [resetting, setResetting] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  useBeforehand(loadHandOver);
  const opener = useRef<HTMLButtonElement>(null);
  const { id, name, status, abilities } = user;
  const details = `/admin/users/${id}`;
  // "User Details" has the panel of the invitation, and the form, below.
  const atDetails = usePathname() === details;
  if (status === "invited" && abilities["invitation.send"].ok)
    return atDetails ? null : (
      <>
        <ActionButton
          size="s"
          action={sendInvitationAction}
          input={{ id }}
          aria-description={name}
          onSuccess={({ link: made }) => {
            if (made) setLink(made);
            else toast.success(`An invitation is on its way to ${name}`);
          }}
        >
          Send invitation
        </ActionButton>
        {link && <HandOver kind="link" name={name} secret={link} onStored={() => setLink(null)} />}
      </>
    );
  if (abilities["password.reset"].ok)
    return (
      <>
        <Button ref={opener} size="s" aria-haspopup="dialog" aria-description={name} onClick={() => setResetting(true)}>
          {user.wayIn === "outgrown" ? "Send a link" : "Set a password"}
        </Button>
        {resetting && <ResetPasswordDialog user={user} first onClose={() => setResetting(false)} opener={opener} />}
      </>
    );
  if (abilities["user.update"].ok && !user.isSelf && !atDetails)
    return (
      <LinkButton size="s" href={details} aria-description={name}>
        Set a password
      </LinkButton>
    );
  return null;
}
