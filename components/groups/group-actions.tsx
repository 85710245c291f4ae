"use client";
import { useRef, useState } from "react";
import type { GroupSubject } from "@/components/groups/group-header";
import { AboveReason } from "@/components/ui/above-reason";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";

const DeleteGroupDialog = late(() => import("./delete-group-dialog").then((module) => module.DeleteGroupDialog));

/** What can be done with a group as a whole. */
export function GroupActions({ group }: { group: GroupSubject }) {
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
          <SpriteIcon name="trash" />
          Delete group
        </Button>
      </AboveReason>
      {asking && <DeleteGroupDialog group={group} onClose={() => setAsking(false)} opener={trigger} />}
    </>
  );
}
