"use client";
import { Ban, CircleCheck, KeyRound, ShieldOff, Ticket, Undo2 } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useAction } from "@/components/form/use-action";
import { Button, LinkButton } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useRestore } from "@/components/users/user-action-items";
import type { ActionSubject, UserQuestion } from "@/components/users/user-actions";
import { UserDialogs } from "@/components/users/user-dialogs";
import { enableUserAction } from "@/lib/users/actions";

/** What is done most, where there is room for it and one may; "More actions" has all of it, and says why not. */
export function QuickActions({ user }: { user: ActionSubject }) {
  const { id, name, status, factors, abilities } = user;
  const [asking, setAsking] = useState<UserQuestion | null>(null);
  const opener = useRef<HTMLElement>(null);
  const enable = useAction(enableUserAction, () => toast.success(`${name} is enabled again`, { about: id }), "enabled");
  const ask = (question: UserQuestion) => (button: HTMLElement) => {
    opener.current = button;
    setAsking(question);
  };
  const restore = useRestore(user, setAsking);
  const offered = [
    abilities["user.restore"].ok && <Quick key="restore" icon={<Undo2 aria-hidden />} label="Restore" run={restore} />,
    abilities["password.reset"].ok && (
      <Quick key="reset" icon={<KeyRound aria-hidden />} label="Reset password" run={ask("reset")} />
    ),
    factors.length > 0 && abilities["factor.reset"].ok && (
      <Quick key="factors" icon={<ShieldOff aria-hidden />} label="Reset second factors" run={ask("factors")} />
    ),
    abilities["token.issue"].ok && (
      <LinkButton key="token" variant="quiet" href={`/admin/users/${id}/tokens`} className="justify-start!">
        <Ticket aria-hidden />
        Access token
      </LinkButton>
    ),
    // One button in both states, so that it keeps the focus.
    status === "disabled"
      ? abilities["user.enable"].ok && (
          <Quick key="state" icon={<CircleCheck aria-hidden />} label="Enable" run={() => enable.run({ id })} />
        )
      : abilities["user.disable"].ok && (
          <Quick key="state" icon={<Ban aria-hidden />} label="Disable" run={ask("disable")} />
        ),
  ].filter(Boolean);
  return (
    <>
      {offered.length > 0 && (
        <div data-print="hide" className="hidden border-t border-line p-2 wide:grid">
          {offered}
        </div>
      )}
      <UserDialogs user={user} asking={asking} onClose={() => setAsking(null)} opener={opener} />
    </>
  );
}

type QuickProps = { icon: ReactNode; label: string; run: (button: HTMLElement) => void };

function Quick({ icon, label, run }: QuickProps) {
  return (
    <Button variant="quiet" className="justify-start!" onClick={(event) => run(event.currentTarget)}>
      {icon}
      {label}
    </Button>
  );
}
