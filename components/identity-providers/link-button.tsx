"use client";
import { ActionButton } from "@/components/form/action-button";
import { RowActions } from "@/components/list/row-actions";
import { leaving } from "@/components/ui/unsaved";
import { startLinkAction } from "@/lib/sign-in/actions";

type LinkButtonProps = { provider: { id: string; name: string }; reason: string | undefined };

/** Goes to the provider, which leads back here with the account linked. */
export function LinkButton({ provider: { id, name }, reason }: LinkButtonProps) {
  return (
    <RowActions always>
      <ActionButton
        size="s"
        aria-label={`Link ${name}`}
        reason={reason}
        action={startLinkAction}
        input={{ id }}
        onSuccess={({ url }) => leaving(() => window.location.assign(url))}
      >
        Link
      </ActionButton>
    </RowActions>
  );
}
