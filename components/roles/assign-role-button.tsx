"use client";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { usePressedByAddress } from "@/components/ui/use-pressed-by-address";
import { assignRoleId } from "@/lib/roles/pages";
import type { AssignedRole } from "./assign-role-dialog";

const AssignRoleDialog = late(() => import("./assign-role-dialog").then((module) => module.AssignRoleDialog));

type AssignRoleButtonProps = { role: AssignedRole; mayEditGroups: boolean };

/** Opens the dialog that gives a role to people. */
export function AssignRoleButton(props: AssignRoleButtonProps) {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  usePressedByAddress(assignRoleId);
  return (
    <>
      <Button ref={trigger} id={assignRoleId} className="scroll-mt-80" onClick={() => setOpen(true)}>
        <SpriteIcon name="user-plus" />
        Assign to users
      </Button>
      {open && <AssignRoleDialog {...props} onClose={() => setOpen(false)} opener={trigger} />}
    </>
  );
}
