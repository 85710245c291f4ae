"use client";
import { type ReactNode, useRef, useState } from "react";
import { TokenSecret } from "@/components/tokens/token-secret";
import { Button } from "@/components/ui/button";
import { CheckLine } from "@/components/ui/check-line";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";

interface OnceShownDialogProps {
  open: boolean;
  onClose: () => void;
  /** Once it has closed. */
  onClosed: () => void;
  /** "Close", once somebody says that they have stored it; else it just closes. */
  onStored?: () => void;
  pending?: boolean;
  issued: { name: string; token: string };
  /** As a sentence names it: "the token for lab-rig-03". */
  named: string;
  label: string;
  hint: string;
  /** What follows where it was not stored. */
  loss: string;
  /** The id of the button that the focus goes back to. */
  opener: string;
  children: ReactNode;
}

/** The one time that a token is seen (C2, T2): it closes only once somebody says that they have stored it, or after a question. */
export function OnceShownDialog(props: OnceShownDialogProps) {
  const { open, onClose, onClosed, onStored = onClose, pending = false, issued, named, label, hint, loss } = props;
  const [stored, setStored] = useState(false);
  const [asking, setAsking] = useState(false);
  const copy = useRef<HTMLButtonElement>(null);
  return (
    <Dialog open={open}>
      <DialogContent
        title={`Store ${named}`}
        description="It is shown only once. Gatehouse stores a hash, and later shows only its first and last characters."
        locked
        onLockedEscape={() => (stored ? onStored() : setAsking(true))}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          copy.current?.focus();
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          onClosed();
          document.getElementById(props.opener)?.focus();
        }}
      >
        <DialogBody>
          <TokenSecret issued={issued} label={label} copyRef={copy} hint={hint} />
          {props.children}
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
            onClick={onStored}
          >
            Close
          </Button>
        </DialogFooter>
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={`Close without storing ${named}?`}
          body={`It is never shown again. ${loss}`}
          cancelLabel="Keep it open"
          confirm={
            <Button
              variant="danger"
              onClick={() => {
                setAsking(false);
                onClose();
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
