"use client";
import { useRef, useState } from "react";
import { useRowMenu } from "@/components/list/use-row-menu";
import type { PressedButton } from "@/components/ui/fetch-menus";
import { OpenMenu } from "@/components/ui/menu";
import { UserActionItems } from "@/components/users/user-action-items";
import type { ActionSubject, UserQuestion } from "@/components/users/user-actions";
import { UserDialogs } from "@/components/users/user-dialogs";

/** "More actions" of a user's pages. */
export function UserActionMenu({ pressed, user }: { pressed: PressedButton; user: ActionSubject }) {
  const [asking, setAsking] = useState<UserQuestion | null>(null);
  const opener = useRef(pressed.button);
  const menu = useRowMenu(pressed, () => {
    opener.current = pressed.button;
  });
  return (
    <>
      <OpenMenu menu={menu}>
        <UserActionItems user={user} ask={setAsking} />
      </OpenMenu>
      <UserDialogs user={user} asking={asking} onClose={() => setAsking(null)} opener={opener} />
    </>
  );
}
