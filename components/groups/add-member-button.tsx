"use client";
import { UserPlus } from "lucide-react";
import { useRef, useState } from "react";
import { MemberDialog } from "@/components/groups/member-dialog";
import { AboveReason } from "@/components/ui/above-reason";
import { Button } from "@/components/ui/button";
import type { Decision } from "@/lib/authz/decision";

type AddMemberButtonProps = { group: { id: string; name: string }; ability: Decision };

export function AddMemberButton({ group, ability }: AddMemberButtonProps) {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <>
      <AboveReason>
        <Button
          ref={trigger}
          variant="primary"
          showReason
          reason={ability.ok ? undefined : ability.reason}
          onClick={() => setOpen(true)}
        >
          <UserPlus aria-hidden />
          Add member
        </Button>
      </AboveReason>
      {open && <MemberDialog group={group} onClose={() => setOpen(false)} opener={trigger} />}
    </>
  );
}
