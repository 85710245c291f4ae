"use client";
import { Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { AboveReason } from "@/components/ui/above-reason";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import type { GroupDetail } from "@/lib/groups/queries";

const DeleteGroupDialog = late(() => import("./delete-group-dialog").then((module) => module.DeleteGroupDialog));

/** What can be done with a group as a whole. */
export function GroupActions({ group }: { group: GroupDetail }) {
  const [asking, setAsking] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const ability = group.abilities["group.delete"];
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
      {asking && <DeleteGroupDialog group={group} onClose={() => setAsking(false)} opener={trigger} />}
    </>
  );
}
