"use client";
import { useRef, useState } from "react";
import { OfRow } from "@/components/list/kept-rows";
import { useRowMenu } from "@/components/list/use-row-menu";
import { answerOf } from "@/components/ui/answer-of";
import type { PressedButton } from "@/components/ui/fetch-menus";
import { late } from "@/components/ui/late";
import { MenuItem, MenuSeparator, OpenMenu } from "@/components/ui/menu";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { getMemberAction } from "@/lib/groups/actions";
import type { MemberSubject } from "@/lib/groups/members";

// Fetched when they are asked for: with their forms and schemas they are larger than all the rest of a list.
const RemoveMemberDialog = late(() =>
  import("@/components/groups/remove-member-dialog").then((module) => module.RemoveMemberDialog),
);
const MemberEndDialog = late(() =>
  import("@/components/groups/member-end-dialog").then((module) => module.MemberEndDialog),
);

type MemberMenuProps = {
  pressed: PressedButton;
  group: { id: string; name: string };
  member: { id: string; name: string };
};

/** "More actions" of a member. What may be done with this person is asked when the menu opens, not for every row. */
export function MemberMenu({ pressed, group, member }: MemberMenuProps) {
  const [subject, setSubject] = useState<MemberSubject | "failed" | null>(null);
  const [asking, setAsking] = useState<"end" | "remove" | null>(null);
  const opener = useRef(pressed.button);
  const ids = { groupId: group.id, userId: member.id };

  const menu = useRowMenu(pressed, () => {
    opener.current = pressed.button;
    setSubject(null);
    answerOf(getMemberAction(ids)).then(setSubject, () => setSubject("failed"));
  });

  const known = subject !== null && subject !== "failed" ? subject : null;
  const reasonOf = (operation: keyof MemberSubject["abilities"]) => {
    const decision = known?.abilities[operation];
    return decision && !decision.ok ? decision.reason : undefined;
  };
  return (
    <OfRow id={member.id}>
      <OpenMenu menu={menu}>
        <MenuItem href={`/admin/users/${member.id}`} icon={<SpriteIcon name="user" />}>
          User Details
        </MenuItem>
        <MenuSeparator />
        {known ? (
          <>
            <MenuItem
              icon={<SpriteIcon name="calendar-clock" />}
              reason={reasonOf("group.add_member")}
              onSelect={() => setAsking("end")}
            >
              Change end
            </MenuItem>
            <MenuItem
              icon={<SpriteIcon name="user-minus" />}
              danger
              reason={reasonOf("group.remove_member")}
              onSelect={() => setAsking("remove")}
            >
              Remove from group
            </MenuItem>
          </>
        ) : (
          <p className="px-2 py-1.5 text-xs text-muted">
            {subject === "failed" ? "The actions could not be loaded. Open the menu again." : "Loading actions"}
          </p>
        )}
      </OpenMenu>
      {known && asking === "end" && (
        <MemberEndDialog group={group} member={known} onClose={() => setAsking(null)} opener={opener} />
      )}
      {asking === "remove" && (
        <RemoveMemberDialog
          group={group}
          member={{ ...member, by: known?.by }}
          onClose={() => setAsking(null)}
          opener={opener}
        />
      )}
    </OfRow>
  );
}
