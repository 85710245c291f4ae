"use client";
import { useRouter } from "next/navigation";
import type { RefObject } from "react";
import { ConfirmLossDialog } from "@/components/groups/confirm-loss-dialog";
import type { GroupSubject } from "@/components/groups/group-header";
import { listAddress } from "@/components/list/list-addresses";
import { toast } from "@/components/ui/toaster";
import { deleteGroupAction, previewDeleteGroupAction } from "@/lib/groups/actions";
import { groupsPath } from "@/lib/groups/paths";
import { counted } from "@/lib/lists/format-total";

type DeleteGroupDialogProps = {
  group: GroupSubject;
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

/** Shows what deleting a group takes from its members, and does it. */
export function DeleteGroupDialog({ group, onClose, opener }: DeleteGroupDialogProps) {
  const router = useRouter();
  const members = counted(group.members.all, "membership");
  return (
    <ConfirmLossDialog
      title={`Delete ${group.name}?`}
      description={`The group and its ${members} are deleted permanently. This cannot be undone.`}
      nothing="Nobody loses access: the group's roles are also held in another way, or are not in force."
      verb="Delete group"
      input={{ id: group.id, version: group.version }}
      preview={previewDeleteGroupAction}
      action={deleteGroupAction}
      onDone={() => {
        toast.success(`${group.name} is deleted`);
        router.replace(listAddress(groupsPath));
      }}
      onClose={onClose}
      opener={opener}
    />
  );
}
