"use client";
import { useRouter } from "next/navigation";
import type { RefObject } from "react";
import { useListRow } from "@/components/list/kept-rows";
import { late } from "@/components/ui/late";
import { toast } from "@/components/ui/toaster";
import type { ActionSubject, UserQuestion } from "@/components/users/user-actions";

// Each is fetched when it is asked for: with their forms and schemas they are larger than all the rest of a list.
const DisableDialog = late(() => import("@/components/users/disable-dialog").then((module) => module.DisableDialog));
const RestoreDialog = late(() => import("@/components/users/restore-dialog").then((module) => module.RestoreDialog));
const RemoveDialog = late(() => import("@/components/users/remove-dialog").then((module) => module.RemoveDialog));
const ResetPasswordDialog = late(() =>
  import("@/components/users/reset-password-dialog").then((module) => module.ResetPasswordDialog),
);
const ResetFactorsDialog = late(() =>
  import("@/components/users/reset-factors-dialog").then((module) => module.ResetFactorsDialog),
);
const ViewAsDialog = late(() => import("@/components/users/view-as-dialog").then((module) => module.ViewAsDialog));
const PurgeDialog = late(() => import("@/components/users/purge-dialog").then((module) => module.PurgeDialog));

type UserDialogsProps = {
  user: Omit<ActionSubject, "abilities">;
  asking: UserQuestion | null;
  onClose: () => void;
  /** The button of the menu, which gets the focus back. */
  opener: RefObject<HTMLElement | null>;
};

export function UserDialogs({ user, asking, onClose, opener }: UserDialogsProps) {
  const router = useRouter();
  const listed = useListRow() !== null;
  if (asking === "disable") return <DisableDialog user={user} onClose={onClose} opener={opener} />;
  if (asking === "restore") return <RestoreDialog user={user} onClose={onClose} opener={opener} />;
  if (asking === "remove") return <RemoveDialog user={user} onClose={onClose} opener={opener} />;
  if (asking === "reset") return <ResetPasswordDialog user={user} onClose={onClose} opener={opener} />;
  if (asking === "factors") return <ResetFactorsDialog user={user} onClose={onClose} />;
  if (asking === "view") return <ViewAsDialog user={user} onClose={onClose} />;
  if (asking === "purge")
    return (
      <PurgeDialog
        user={user}
        onClose={onClose}
        opener={opener}
        onPurged={() => {
          toast.success(`${user.name} is erased`, { about: user.id });
          if (listed) onClose();
          else router.replace("/admin/users?view=archived");
        }}
      />
    );
  return null;
}
