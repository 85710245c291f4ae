"use client";
import dynamic from "next/dynamic";
import { AboveReason } from "@/components/ui/above-reason";
import { late } from "@/components/ui/late";
import { LateMenuButton } from "@/components/ui/late-menu-button";
import { SpriteIcon } from "@/components/ui/sprite-icon";
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

const fetchMenu = () => import("@/components/users/user-action-menu");
const UserActionMenu = late(() => fetchMenu().then((module) => module.UserActionMenu));
// No other user has it.
const UnlockButton = dynamic(() => import("@/components/users/unlock-button").then((module) => module.UnlockButton));

/** What can be done to a user as a whole, in the head of their pages. */
export function UserActions({ user }: { user: ActionSubject }) {
  const unlock = user.abilities["user.unlock"];
  const barred = unlock.ok ? undefined : unlock.reason;
  return (
    <>
      {user.status === "locked" && (
        <AboveReason className={barred && "max-s:hidden"}>
          <UnlockButton person={user} icon={<SpriteIcon name="lock-open" />} showReason reason={barred} />
        </AboveReason>
      )}
      <LateMenuButton
        id={user.id}
        size="icon"
        aria-label="More actions"
        aria-description={user.name}
        fetchMenu={fetchMenu}
        menu={(pressed) => <UserActionMenu pressed={pressed} user={user} />}
      >
        <SpriteIcon name="ellipsis" />
      </LateMenuButton>
    </>
  );
}
