"use client";
import { CalendarClock, Ellipsis, User, UserMinus } from "lucide-react";
import { useRef, useState } from "react";
import { answerOf } from "@/components/ui/answer-of";
import { late } from "@/components/ui/late";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { getMemberAction } from "@/lib/groups/actions";
import type { MemberSubject } from "@/lib/groups/members";

// Fetched when they are asked for: with their forms and schemas they are larger than all the rest of a list.
const RemoveMemberDialog = late(() =>
  import("@/components/groups/remove-member-dialog").then((module) => module.RemoveMemberDialog),
);
const MemberEndDialog = late(() =>
  import("@/components/groups/member-end-dialog").then((module) => module.MemberEndDialog),
);

type MemberMenuProps = { group: { id: string; name: string }; member: { id: string; name: string } };

/** "More actions" of a member. What may be done with this person is asked when the menu opens, not for every row. */
export function MemberMenu({ group, member }: MemberMenuProps) {
  const [subject, setSubject] = useState<MemberSubject | "failed" | null>(null);
  const [asking, setAsking] = useState<"end" | "remove" | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const ids = { groupId: group.id, userId: member.id };

  function onOpenChange(open: boolean) {
    if (!open) return;
    setSubject(null);
    answerOf(getMemberAction(ids)).then(setSubject, () => setSubject("failed"));
  }

  const known = subject !== null && subject !== "failed" ? subject : null;
  const reasonOf = (operation: keyof MemberSubject["abilities"]) => {
    const decision = known?.abilities[operation];
    return decision && !decision.ok ? decision.reason : undefined;
  };
  return (
    <>
      <Menu onOpenChange={onOpenChange}>
        <MenuTrigger
          ref={trigger}
          variant="quiet"
          size="icon-s"
          aria-label="More actions"
          aria-description={member.name}
        >
          <Ellipsis aria-hidden />
        </MenuTrigger>
        <MenuContent>
          <MenuItem href={`/admin/users/${member.id}`} icon={<User aria-hidden />}>
            User Details
          </MenuItem>
          <MenuSeparator />
          {known ? (
            <>
              <MenuItem
                icon={<CalendarClock aria-hidden />}
                reason={reasonOf("group.add_member")}
                onSelect={() => setAsking("end")}
              >
                Change end
              </MenuItem>
              <MenuItem
                icon={<UserMinus aria-hidden />}
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
        </MenuContent>
      </Menu>
      {known && asking === "end" && (
        <MemberEndDialog group={group} member={known} onClose={() => setAsking(null)} opener={trigger} />
      )}
      {asking === "remove" && (
        <RemoveMemberDialog
          group={group}
          member={{ ...member, by: known?.by }}
          onClose={() => setAsking(null)}
          opener={trigger}
        />
      )}
    </>
  );
}
