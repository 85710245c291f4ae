"use client";
import { CalendarClock, Ellipsis, User, UserMinus } from "lucide-react";
import { useRef, useState } from "react";
import { ConfirmLossDialog } from "@/components/groups/confirm-loss-dialog";
import { MemberDialog } from "@/components/groups/member-dialog";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { memberQuestion, previewRemoveMemberAction, removeMemberAction } from "@/lib/groups/actions";
import type { MemberSubject } from "@/lib/groups/members";

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
    answerOf(memberQuestion(ids)).then(setSubject, () => setSubject("failed"));
  }

  const known = subject !== null && subject !== "failed" ? subject : null;
  const reasonOf = (operation: keyof MemberSubject["abilities"]) => {
    const decision = known?.abilities[operation];
    return decision && !decision.ok ? decision.reason : undefined;
  };
  return (
    <>
      <Menu onOpenChange={onOpenChange}>
        <MenuTrigger asChild>
          <Button ref={trigger} variant="quiet" size="icon-s" aria-label="More actions" aria-description={member.name}>
            <Ellipsis aria-hidden />
          </Button>
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
              {subject === "failed" ? "What you may do could not be read. Open it again." : "Reading what you may do"}
            </p>
          )}
        </MenuContent>
      </Menu>
      {known && asking === "end" && (
        <MemberDialog group={group} member={known} onClose={() => setAsking(null)} opener={trigger} />
      )}
      {asking === "remove" && (
        <ConfirmLossDialog
          title={`Remove ${member.name} from ${group.name}?`}
          description={`${cameBy(known)}What they hold through this group alone is gone at their next request.`}
          nothing={`${member.name} loses nothing: what the group carries is held otherwise, or is not in force.`}
          verb="Remove from group"
          input={ids}
          preview={previewRemoveMemberAction}
          action={removeMemberAction}
          settled="removed"
          onDone={() => {
            toast.success(`${member.name} is no longer in ${group.name}`);
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
          opener={trigger}
        />
      )}
    </>
  );
}

/** Taking away here what a provider gives lasts until the next sign-in. */
const cameBy = (member: MemberSubject | null) =>
  member?.by
    ? `${member.by} gave this membership, and gives it again at the next sign-in. To end it for good, remove ${member.name} from the group there. `
    : "";
