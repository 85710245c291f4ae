"use client";
import type { ComponentProps, ReactNode } from "react";
import { ActionButton } from "@/components/form/action-button";
import type { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { unlockUserAction } from "@/lib/users/actions";

type UnlockButtonProps = Omit<ComponentProps<typeof Button>, "onClick" | "type"> & {
  person: { id: string; name: string };
  icon?: ReactNode;
};

/** Ends a lock at once, and says whose. */
export function UnlockButton({ person: { id, name }, icon, ...rest }: UnlockButtonProps) {
  return (
    <ActionButton
      {...rest}
      action={unlockUserAction}
      input={{ id }}
      settled="unlocked"
      onSuccess={() => toast.success(`${name} is unlocked`, { about: id })}
    >
      {icon}
      Unlock
    </ActionButton>
  );
}
