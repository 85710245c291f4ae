"use client";
import { useRouter } from "next/navigation";
import { toastWithUndo } from "@/components/form/undo-toast";
import { useAction } from "@/components/form/use-action";
import { useListRow } from "@/components/list/kept-rows";
import { answerOf } from "@/components/ui/answer-of";
import { MenuItem } from "@/components/ui/menu";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { toast } from "@/components/ui/toaster";
import { waitFor } from "@/components/ui/waiting";
import type { ActionSubject, UserQuestion } from "@/components/users/user-actions";
import { wayBack } from "@/components/users/way-back";
import type { Decision } from "@/lib/authz/decision";
import { enableUserAction, getHandBackOfferAction, restoreUserAction, unlockUserAction } from "@/lib/users/actions";

const reasonOf = (decision: Decision) => (decision.ok ? undefined : decision.reason);

/** What can be done to a user as a whole. What the state rules out is not there; what you may not do says why. */
export function UserActionItems({ user, ask }: { user: ActionSubject; ask: (question: UserQuestion) => void }) {
  const { status, abilities, factors, name, id } = user;
  const router = useRouter();
  const enable = useAction(enableUserAction, () => toast.success(`${name} is enabled again`, { about: id }), "enabled");
  const unlock = useAction(unlockUserAction, () => toast.success(`${name} is unlocked`, { about: id }), "unlocked");
  const restoreOrAsk = useRestore(user, ask);
  const view = (
    <MenuItem
      icon={<SpriteIcon name="eye" />}
      reason={reasonOf(abilities["user.view_as"])}
      onSelect={() => ask("view")}
    >
      View as {name}
    </MenuItem>
  );

  if (status === "archived")
    return (
      <>
        <MenuItem
          icon={<SpriteIcon name="undo-2" />}
          reason={reasonOf(abilities["user.restore"])}
          onSelect={restoreOrAsk}
        >
          Restore
        </MenuItem>
        {view}
        <MenuItem
          icon={<SpriteIcon name="trash" />}
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
          icon={<SpriteIcon name="lock-open" />}
          reason={reasonOf(abilities["user.unlock"])}
          onSelect={() => unlock.run({ id })}
        >
          Unlock
        </MenuItem>
      )}
      <MenuItem
        icon={<SpriteIcon name="key-round" />}
        reason={reasonOf(abilities["password.reset"])}
        onSelect={() => ask("reset")}
      >
        Reset password
      </MenuItem>
      <MenuItem
        icon={<SpriteIcon name="ticket" />}
        reason={reasonOf(abilities["token.issue"])}
        onSelect={() => router.push(`/admin/users/${id}/tokens`)}
      >
        Access token
      </MenuItem>
      {factors.length > 0 && (
        <MenuItem
          icon={<SpriteIcon name="shield-off" />}
          reason={reasonOf(abilities["factor.reset"])}
          onSelect={() => ask("factors")}
        >
          Reset second factors
        </MenuItem>
      )}
      {view}
      {status === "disabled" ? (
        <MenuItem
          icon={<SpriteIcon name="circle-check" />}
          reason={reasonOf(abilities["user.enable"])}
          onSelect={() => enable.run({ id })}
        >
          Enable
        </MenuItem>
      ) : (
        <MenuItem
          icon={<SpriteIcon name="ban" />}
          reason={reasonOf(abilities["user.disable"])}
          onSelect={() => ask("disable")}
        >
          Disable
        </MenuItem>
      )}
      <MenuItem
        icon={<SpriteIcon name="archive" />}
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
