"use client";
import { ActionButton } from "@/components/form/action-button";
import { toast } from "@/components/ui/toaster";
import { dismissNoticeAction } from "@/lib/settings/actions";

/** Takes a notice from Home, for everybody. */
export function DismissButton({ about }: { about: string }) {
  return (
    <ActionButton
      size="s"
      action={dismissNoticeAction}
      input={{}}
      settled="dismissed"
      onSuccess={() => toast.success("The notice is dismissed")}
      aria-description={about}
    >
      Dismiss
    </ActionButton>
  );
}
