"use client";
import {
  Archive,
  Ban,
  CircleCheck,
  Ellipsis,
  Eye,
  KeyRound,
  LockOpen,
  ShieldOff,
  Ticket,
  Trash2,
  Undo2,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useAction } from "@/components/form/action-button";
import { toastWithUndo } from "@/components/form/undo-toast";
import { useListRow } from "@/components/list/kept-rows";
import { AboveReason } from "@/components/ui/above-reason";
import { answerOf } from "@/components/ui/answer-of";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { waitFor } from "@/components/ui/waiting";
import { UnlockButton } from "@/components/users/unlock-button";
import { UserDialogs } from "@/components/users/user-dialogs";
import { wayBack } from "@/components/users/way-back";
import type { Decision } from "@/lib/authz/decision";
import { enableUserAction, getHandBackOfferAction, restoreUserAction, unlockUserAction } from "@/lib/users/actions";
import type { Abilities } from "@/lib/users/queries";
import type { ShownStatus } from "@/lib/users/schema";

export type ActionSubject = {
  id: string;
  name: string;
  username: string;
  email: string;
  /** Whether a link can be mailed to them; else it is shown once. */
  mail: boolean;
  status: ShownStatus;
  /** The second factors in words; empty when there are none. */
  factors: string[];
  abilities: Abilities;
};

export type UserQuestion = "disable" | "restore" | "remove" | "purge" | "reset" | "factors" | "view";

const reasonOf = (decision: Decision) => (decision.ok ? undefined : decision.reason);

/** What can be done to a user as a whole. What the state rules out is not there; what you may not do says why. */
export function UserActions({ user }: { user: ActionSubject }) {
  const [asking, setAsking] = useState<UserQuestion | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const barred = reasonOf(user.abilities["user.unlock"]);
  return (
    <>
      {user.status === "locked" && (
        <AboveReason className={barred && "max-s:hidden"}>
          <UnlockButton person={user} icon={<LockOpen aria-hidden />} showReason reason={barred} />
        </AboveReason>
      )}
      <Menu>
        <MenuTrigger ref={trigger} size="icon" aria-label="More actions" aria-description={user.name}>
          <Ellipsis aria-hidden />
        </MenuTrigger>
        <MenuContent>
          <UserActionItems user={user} ask={setAsking} />
        </MenuContent>
      </Menu>
      <UserDialogs user={user} asking={asking} onClose={() => setAsking(null)} opener={trigger} />
    </>
  );
}

export function UserActionItems({ user, ask }: { user: ActionSubject; ask: (question: UserQuestion) => void }) {
  const { status, abilities, factors, name, id } = user;
  const router = useRouter();
  const enable = useAction(enableUserAction, () => toast.success(`${name} is enabled again`, { about: id }), "enabled");
  const unlock = useAction(unlockUserAction, () => toast.success(`${name} is unlocked`, { about: id }), "unlocked");
  const restoreOrAsk = useRestore(user, ask);
  const view = (
    <MenuItem icon={<Eye aria-hidden />} reason={reasonOf(abilities["user.view_as"])} onSelect={() => ask("view")}>
      View as {name}
    </MenuItem>
  );

  if (status === "archived")
    return (
      <>
        <MenuItem icon={<Undo2 aria-hidden />} reason={reasonOf(abilities["user.restore"])} onSelect={restoreOrAsk}>
          Restore
        </MenuItem>
        {view}
        <MenuItem
          icon={<Trash2 aria-hidden />}
          danger
          reason={reasonOf(abilities["user.purge"])}
          onSelect={() => ask("purge")}
        >
          Purge
        </MenuItem>
      </>
    );
  return (
    <>
      {status === "locked" && (
        <MenuItem
          icon={<LockOpen aria-hidden />}
          reason={reasonOf(abilities["user.unlock"])}
          onSelect={() => unlock.run({ id })}
        >
          Unlock
        </MenuItem>
      )}
      <MenuItem
        icon={<KeyRound aria-hidden />}
        reason={reasonOf(abilities["password.reset"])}
        onSelect={() => ask("reset")}
      >
        Reset password
      </MenuItem>
      <MenuItem
        icon={<Ticket aria-hidden />}
        reason={reasonOf(abilities["token.issue"])}
        onSelect={() => router.push(`/admin/users/${id}/tokens`)}
      >
        Access token
      </MenuItem>
      {factors.length > 0 && (
        <MenuItem
          icon={<ShieldOff aria-hidden />}
          reason={reasonOf(abilities["factor.reset"])}
          onSelect={() => ask("factors")}
        >
          Reset second factors
        </MenuItem>
      )}
      {view}
      {status === "disabled" ? (
        <MenuItem
          icon={<CircleCheck aria-hidden />}
          reason={reasonOf(abilities["user.enable"])}
          onSelect={() => enable.run({ id })}
        >
          Enable
        </MenuItem>
      ) : (
        <MenuItem
          icon={<Ban aria-hidden />}
          reason={reasonOf(abilities["user.disable"])}
          onSelect={() => ask("disable")}
        >
          Disable
        </MenuItem>
      )}
      <MenuItem
        icon={<Archive aria-hidden />}
        danger
        reason={reasonOf(abilities["user.archive"])}
        onSelect={() => ask("remove")}
      >
        Remove user
      </MenuItem>
    </>
  );
}

/** Restores somebody, or asks what goes back to them; where nothing was handed on there is nothing to ask. */
export function useRestore({ id, name }: ActionSubject, ask: (question: UserQuestion) => void) {
  const router = useRouter();
  const listed = useListRow() !== null;
  const restore = useAction(
    restoreUserAction,
    () =>
      void wayBack(name, { done: "restore", id }).then((undo) =>
        toastWithUndo(`${name} is restored. Set a password under "User Details".`, undo, {
          about: id,
          action: listed
            ? { label: "User Details", onClick: () => router.push(`/admin/users/${id}`) }
            : { label: "Reset password", onClick: () => ask("reset") },
        }),
      ),
    "restored",
  );
  return () =>
    void waitFor(answerOf(getHandBackOfferAction({ id }))).then(
      (offer) => (offer.length > 0 ? ask("restore") : restore.run({ id })),
      () => ask("restore"),
    );
}
