"use client";
import { useRef, useState } from "react";
import { TokenSecret } from "@/components/clients/token-secret";
import { Button } from "@/components/ui/button";
import { CheckLine } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { useReading } from "@/components/ui/reading";
import { exactTime } from "@/components/ui/time";
import type { IssuedToken } from "@/lib/tokens/store";

interface SecretDialogProps {
  issued: IssuedToken;
  zone: string;
  /** The id of the button that the focus goes back to. */
  opener: string;
  onClosed: () => void;
}

/** The one time that a token is seen (T2): it closes once somebody says that they have stored it, or after a question. */
export function SecretDialog({ issued, zone, opener, onClosed }: SecretDialogProps) {
  const [stored, setStored] = useState(false);
  const [asking, setAsking] = useState(false);
  const [open, setOpen] = useState(true);
  const copy = useRef<HTMLButtonElement>(null);
  const { form } = useReading();
  return (
    <Dialog open={open}>
      <DialogContent
        title={`Store the token ${issued.name}`}
        description="It is shown this once. Gatehouse keeps only a hash, and afterwards shows only its first and last characters."
        locked
        onLockedEscape={() => (stored ? setOpen(false) : setAsking(true))}
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
            label="Access token"
            copyRef={copy}
            hint={
              issued.expiresAt ? `Expires ${exactTime(issued.expiresAt, zone, form)}.` : "Works until it is revoked."
            }
          />
          <p className="text-ui text-muted">
            A program sends it with each request, as <code>Authorization: Bearer</code> and the token.
          </p>
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
            onClick={() => setOpen(false)}
          >
            Close
          </Button>
        </DialogFooter>
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={`Close without storing the token ${issued.name}?`}
          body="It is never shown again. “Regenerate” gives a new one."
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
