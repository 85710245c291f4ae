"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import type { RefObject } from "react";
import { useListRow } from "@/components/list/kept-rows";
import { toast } from "@/components/ui/toaster";
import { Waits } from "@/components/ui/waiting";
import type { ActionSubject, UserQuestion } from "@/components/users/user-actions";

// Each is fetched when it is asked for: with their forms and schemas they weigh more than all the rest of a list.
const DisableDialog = dynamic(
  () => import("@/components/users/disable-dialog").then((module) => module.DisableDialog),
  { ssr: false, loading: Waits },
);
const RestoreDialog = dynamic(
  () => import("@/components/users/restore-dialog").then((module) => module.RestoreDialog),
  { ssr: false, loading: Waits },
);
const RemoveDialog = dynamic(() => import("@/components/users/remove-dialog").then((module) => module.RemoveDialog), {
  ssr: false,
  loading: Waits,
});
const ResetPasswordDialog = dynamic(
  () => import("@/components/users/reset-password-dialog").then((module) => module.ResetPasswordDialog),
  { ssr: false, loading: Waits },
);
const ResetFactorsDialog = dynamic(
  () => import("@/components/users/reset-factors-dialog").then((module) => module.ResetFactorsDialog),
  { ssr: false, loading: Waits },
);
const ViewAsDialog = dynamic(() => import("@/components/users/view-as-dialog").then((module) => module.ViewAsDialog), {
  ssr: false,
  loading: Waits,
});
const PurgeDialog = dynamic(() => import("@/components/users/purge-dialog").then((module) => module.PurgeDialog), {
  ssr: false,
  loading: Waits,
});

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
          toast.success(`${user.name} is erased`);
          if (listed) onClose();
          else router.replace("/admin/users?view=archived");
        }}
      />
    );
  return null;
}
