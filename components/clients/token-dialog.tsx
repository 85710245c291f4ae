"use client";
import { useEffect, useState } from "react";
import type { ClientView } from "@/components/clients/client-view";
import { StartCommand } from "@/components/clients/start-command";
import { outcomeOf, TokenSteps } from "@/components/clients/token-steps";
import { useAction } from "@/components/form/use-action";
import { OnceShownDialog } from "@/components/tokens/once-shown-dialog";
import { Note } from "@/components/ui/note";
import { useReading } from "@/components/ui/reading";
import { exactTime } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import { confirmTokenAction } from "@/lib/clients/actions";
import type { ClientState } from "@/lib/clients/queries";
import type { IssuedToken } from "@/lib/clients/token";

interface TokenDialogProps {
  issued: IssuedToken;
  /** The client as it is now; undefined until it was asked for. */
  state: ClientState | undefined;
  view: Pick<ClientView, "server" | "clientHash" | "zone">;
  /** What gives a new token, should this one be lost. */
  renewal: string;
  onClosed: () => void;
  /** The id of the button that the focus goes back to. */
  opener: string;
}

/** For so long, in milliseconds, the dialog shows that its client has registered before it closes. */
const readFor = 2_000;

/** The token with the command that uses it, and the client's first contact (C2, C3): once it is used up, there is nothing left to store. */
export function TokenDialog({ issued, state, view, renewal, onClosed, opener }: TokenDialogProps) {
  const [open, setOpen] = useState(true);
  const close = () => setOpen(false);
  const { run, pending, message } = useAction(confirmTokenAction, close);
  const { form } = useReading();
  const registered = outcomeOf(issued, state) === "registered";

  useEffect(() => {
    if (!registered || !open) return;
    const timer = setTimeout(() => {
      toast.success(`${issued.name} has registered`);
      setOpen(false);
    }, readFor);
    return () => clearTimeout(timer);
  }, [registered, open, issued.name]);

  return (
    <OnceShownDialog
      open={open}
      onClose={close}
      onClosed={onClosed}
      onStored={() => (message ? close() : void run({ id: issued.clientId, tokenId: issued.tokenId }))}
      pending={pending}
      issued={issued}
      named={`the token for ${issued.name}`}
      label="Provision token"
      hint={`Works once. Expires ${exactTime(issued.expiresAt, view.zone, form)}, in ${daysOf(issued)} days.`}
      loss={`The row will say “token not confirmed”, and ${renewal} gives a new one.`}
      opener={opener}
    >
      <StartCommand name={issued.name} server={view.server} hash={view.clientHash} />
      <TokenSteps issued={issued} state={state} zone={view.zone} />
      {message && (
        <Note tone="danger" role="alert" title={message}>
          “Close” closes now.
        </Note>
      )}
    </OnceShownDialog>
  );
}

const daysOf = ({ issuedAt, expiresAt }: IssuedToken) =>
  Math.round((expiresAt.getTime() - issuedAt.getTime()) / 86_400_000);
