"use client";
import { useRef, useState } from "react";
import { AboveReason } from "@/components/ui/above-reason";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import type { Decision } from "@/lib/authz/decision";

const AddMembersDialog = late(() =>
  import("@/components/groups/add-members-dialog").then((module) => module.AddMembersDialog),
);

type AddMembersButtonProps = { group: { id: string; name: string }; ability: Decision };

export function AddMembersButton({ group, ability }: AddMembersButtonProps) {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <>
      <AboveReason>
        <Button
          ref={trigger}
          variant="primary"
          data-creates=""
          showReason
          reason={ability.ok ? undefined : ability.reason}
          onClick={() => setOpen(true)}
        >
          <SpriteIcon name="user-plus" />
          Add members
        </Button>
      </AboveReason>
      {open && <AddMembersDialog group={group} onClose={() => setOpen(false)} opener={trigger} />}
    </>
  );
}
