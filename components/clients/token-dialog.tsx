"use client";
import { LoaderCircle } from "lucide-react";
import { useRef, useState } from "react";
import type { ClientView } from "@/components/clients/client-view";
import { StartCommand } from "@/components/clients/start-command";
import { TokenSecret } from "@/components/clients/token-secret";
import { TokenSteps } from "@/components/clients/token-steps";
import { useAction } from "@/components/form/action-button";
import { Button } from "@/components/ui/button";
import { CheckLine } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { useReading } from "@/components/ui/reading";
import { exactTime } from "@/components/ui/time";
import { confirmTokenAction } from "@/lib/clients/actions";
import type { ClientState } from "@/lib/clients/queries";
import type { IssuedToken } from "@/lib/clients/token";

interface TokenDialogProps {
  issued: IssuedToken;
  /** The client as it is now; undefined until it was asked for. */
  state: ClientState | undefined;
  view: ClientView;
  /** What gives a new token, should this one be lost. */
  renewal: string;
  onClosed: () => void;
  /** The id of the button that the focus goes back to. */
  opener: string;
}

/** The one time that a token is seen (C2): it closes only once somebody says that they have stored it. */
export function TokenDialog({ issued, state, view, renewal, onClosed, opener }: TokenDialogProps) {
  const [stored, setStored] = useState(false);
  const [asking, setAsking] = useState(false);
  const [open, setOpen] = useState(true);
  const copy = useRef<HTMLButtonElement>(null);
  const { run, pending, message } = useAction(confirmTokenAction, () => setOpen(false));

  function close() {
    if (message) setOpen(false);
    else void run({ id: issued.clientId, tokenId: issued.tokenId });
  }

  const { form } = useReading();
  return (
    <Dialog open={open}>
      <DialogContent
        title={`Store the token for ${issued.name}`}
        description="It is shown this once. Gatehouse keeps only a hash, and afterwards shows only its first and last characters."
        locked
        onLockedEscape={() => (stored ? close() : setAsking(true))}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          copy.current?.focus();
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          onClosed();
          document.getElementById(opener)?.focus();
        }}
      >
        <DialogBody>
          <TokenSecret
            issued={issued}
            label="Provision token"
            copyRef={copy}
            hint={`Works once. Expires ${exactTime(issued.expiresAt, view.zone, form)}, in ${daysOf(issued)} days.`}
          />
          <StartCommand name={issued.name} server={view.server} hash={view.clientHash} />
          <TokenSteps issued={issued} state={state} zone={view.zone} />
          {message && (
            <Note tone="danger" role="alert" title={message}>
              “Close” closes now.
            </Note>
          )}
        </DialogBody>
        <DialogFooter
          aside={
            <CheckLine
              label="I have stored it"
              checked={stored}
              onChange={(event) => setStored(event.currentTarget.checked)}
              className="text-ink"
            />
          }
        >
          <Button
            variant="primary"
            className="order-last"
            reason={stored ? undefined : "Tick the box to close."}
            showReason
            aria-busy={pending || undefined}
            onClick={close}
          >
            {pending && <LoaderCircle aria-hidden className="animate-turn" />}
            Close
          </Button>
        </DialogFooter>
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={`Close without storing the token for ${issued.name}?`}
          body={`It is never shown again. The row will say “token not confirmed”, and ${renewal} gives a new one.`}
          cancelLabel="Keep it open"
          confirm={
            <Button
              variant="danger"
              onClick={() => {
                setAsking(false);
                setOpen(false);
              }}
            >
              Close without storing
            </Button>
          }
        />
      </DialogContent>
    </Dialog>
  );
}

const daysOf = ({ issuedAt, expiresAt }: IssuedToken) =>
  Math.round((expiresAt.getTime() - issuedAt.getTime()) / 86_400_000);
