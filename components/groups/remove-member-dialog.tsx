"use client";
import type { RefObject } from "react";
import { tellDone } from "@/components/form/undo-toast";
import { ConfirmLossDialog } from "@/components/groups/confirm-loss-dialog";
import { givingBack } from "@/components/groups/member-undo";
import { previewRemoveMemberAction, removeMemberAction } from "@/lib/groups/actions";
import type { MemberSubject } from "@/lib/groups/members";

type RemoveMemberDialogProps = {
  group: { id: string; name: string };
  member: { id: string; name: string; by: MemberSubject["by"] | undefined };
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

export function RemoveMemberDialog({ group, member, onClose, opener }: RemoveMemberDialogProps) {
  return (
    <ConfirmLossDialog
      title={`Remove ${member.name} from ${group.name}?`}
      description={`${cameBy(member)}Roles they hold only through this group end with their next request.`}
      nothing={`${member.name} loses nothing: the group's roles are also held in another way, or are not in force.`}
      verb="Remove from group"
      input={{ groupId: group.id, userId: member.id }}
      preview={previewRemoveMemberAction}
      action={removeMemberAction}
      settled="removed"
      onDone={(change) => {
        const back = givingBack(group, { id: member.id, ...change });
        void tellDone(`${change.name} is no longer in ${group.name}`, back, { about: member.id });
        onClose();
      }}
      onClose={onClose}
      opener={opener}
    />
  );
}

/** Taking away here what a provider gives lasts until the next sign-in. */
const cameBy = ({ name, by }: RemoveMemberDialogProps["member"]) =>
  by
    ? `${by} gave this membership, and gives it again at the next sign-in. To end it permanently, remove ${name} from the group there. `
    : "";
