"use client";
import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { ConfirmLossDialog } from "@/components/groups/confirm-loss-dialog";
import { listAddress } from "@/components/list/list-addresses";
import { AboveReason } from "@/components/ui/above-reason";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { deleteGroupAction, previewDeleteGroupAction } from "@/lib/groups/actions";
import { groupsPath } from "@/lib/groups/paths";
import type { GroupDetail } from "@/lib/groups/queries";
import { counted } from "@/lib/lists/format-total";

/** What can be done with a group as a whole. */
export function GroupActions({ group }: { group: GroupDetail }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const ability = group.abilities["group.delete"];
  const { all } = group.members;
  const members = counted(all, "membership");
  return (
    <>
      <AboveReason>
        <Button
          ref={trigger}
          showReason
          reason={ability.ok ? undefined : ability.reason}
          onClick={() => setAsking(true)}
        >
          <Trash2 aria-hidden />
          Delete group
        </Button>
      </AboveReason>
      {asking && (
        <ConfirmLossDialog
          title={`Delete ${group.name}?`}
          description={`The group and its ${members} are gone for good. It cannot be restored.`}
          nothing="Nobody loses anything: what the group carries is held otherwise, or is not in force."
          verb="Delete group"
          input={{ id: group.id, version: group.version }}
          preview={previewDeleteGroupAction}
          action={deleteGroupAction}
          onDone={() => {
            toast.success(`${group.name} is deleted`);
            router.replace(listAddress(groupsPath));
          }}
          onClose={() => setAsking(false)}
          opener={trigger}
        />
      )}
    </>
  );
}
