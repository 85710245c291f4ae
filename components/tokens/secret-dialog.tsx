"use client";
import { useState } from "react";
import { OnceShownDialog } from "@/components/tokens/once-shown-dialog";
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

export function SecretDialog({ issued, zone, opener, onClosed }: SecretDialogProps) {
  const [open, setOpen] = useState(true);
  const { form } = useReading();
  return (
    <OnceShownDialog
      open={open}
      onClose={() => setOpen(false)}
      onClosed={onClosed}
      issued={issued}
      named={`the token ${issued.name}`}
      label="Access token"
      hint={issued.expiresAt ? `Expires ${exactTime(issued.expiresAt, zone, form)}.` : "Works until it is revoked."}
      loss="“Regenerate” gives a new one."
      opener={opener}
    >
      <p className="text-ui text-muted">
        A program sends it with each request, as <code>Authorization: Bearer</code> and the token. How to use it:{" "}
        <a href="/help/access-tokens" target="_blank" className="link" rel="noopener">
          Access tokens
        </a>
        ,{" "}
        <a href="/account/api" target="_blank" className="link" rel="noopener">
          API reference
        </a>
        .
      </p>
    </OnceShownDialog>
  );
}
