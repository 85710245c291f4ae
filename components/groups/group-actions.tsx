"use client";
import { Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { AboveReason } from "@/components/ui/above-reason";
import { Button } from "@/components/ui/button";
import { Waits } from "@/components/ui/waiting";
import type { GroupDetail } from "@/lib/groups/queries";

const DeleteGroupDialog = dynamic(() => import("./delete-group-dialog").then((module) => module.DeleteGroupDialog), {
  ssr: false,
  loading: Waits,
});

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
