"use client";
import { useRef, useState } from "react";
import { OfRow } from "@/components/list/kept-rows";
import { useRowMenu } from "@/components/list/use-row-menu";
import { answerOf } from "@/components/ui/answer-of";
import type { PressedButton } from "@/components/ui/fetch-menus";
import { MenuItem, MenuSeparator, OpenMenu } from "@/components/ui/menu";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { UserActionItems } from "@/components/users/user-action-items";
import type { ActionSubject, UserQuestion } from "@/components/users/user-actions";
import { UserDialogs } from "@/components/users/user-dialogs";
import type { ListAbilities } from "@/components/users/user-row";
import { getActionSubjectAction } from "@/lib/users/actions";

type RowMenuProps = { pressed: PressedButton; may: ListAbilities };

/** "More actions" of a row. What may be done with this person is asked when the menu opens, not for every row. */
export function RowMenu({ pressed, may }: RowMenuProps) {
  const { id, button } = pressed;
  const [subject, setSubject] = useState<ActionSubject | "failed" | null>(null);
  const [asking, setAsking] = useState<UserQuestion | null>(null);
  const opener = useRef(button);
  const href = `/admin/users/${id}`;
  const menu = useRowMenu(pressed, () => {
    opener.current = button;
    setSubject(null);
    answerOf(getActionSubjectAction({ id })).then(setSubject, () => setSubject("failed"));
  });

  const known = subject !== null && subject !== "failed" ? subject : null;
  return (
    <OfRow id={id}>
      <OpenMenu menu={menu}>
        <MenuItem href={href} icon={<SpriteIcon name="pencil" />}>
          {may.edit ? "Edit" : "User Details"}
        </MenuItem>
        {may.clients && (
          <MenuItem href={`${href}/clients`} icon={<SpriteIcon name="monitor-smartphone" />}>
            Client Provision
          </MenuItem>
        )}
        <MenuItem href={`${href}/access`} icon={<SpriteIcon name="shield" />}>
          Roles and Groups
        </MenuItem>
        {may.activity && (
          <MenuItem href={`${href}/activity`} icon={<SpriteIcon name="activity" />}>
            Activity
          </MenuItem>
        )}
        <MenuSeparator />
        {known ? (
          <UserActionItems user={known} ask={setAsking} />
        ) : (
          <p className="px-2 py-1.5 text-xs text-muted">
            {subject === "failed" ? "The actions could not be loaded. Open the menu again." : "Loading actions"}
          </p>
        )}
      </OpenMenu>
      {known && <UserDialogs user={known} asking={asking} onClose={() => setAsking(null)} opener={opener} />}
    </OfRow>
  );
}
