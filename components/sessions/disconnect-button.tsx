"use client";
import { ActionButton } from "@/components/form/action-button";
import { toast } from "@/components/ui/toaster";
import { disconnectClientAction } from "@/lib/clients/actions";
import type { ActiveClient } from "@/lib/sessions/active-clients";

/** C13: ends the tokens of one client now, and says what follows. */
export function DisconnectButton({ client: { id, name, person, mayEnd } }: { client: ActiveClient }) {
  return (
    <ActionButton
      size="s"
      action={disconnectClientAction}
      input={{ id }}
      reason={mayEnd.ok ? undefined : mayEnd.reason}
      settled="ended"
      onSuccess={() => toast.success(`The tokens of ${name} are ended`)}
      aria-description={`${name} of ${person.name}`}
    >
      Disconnect
    </ActionButton>
  );
}
