"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckLine } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";

type GeneratedPasswordProps = { name: string; password: string; onStored: () => void };

/** A generated password, shown this once; it closes when it is stored (U5). */
export function GeneratedPassword({ name, password, onStored }: GeneratedPasswordProps) {
  const [stored, setStored] = useState(false);
  return (
    <Dialog open>
      <DialogContent
        locked
        size="s"
        title={`Store the password for ${name}`}
        description="It is shown this once. Gatehouse keeps only a hash; hand the password over yourself."
      >
        <DialogBody>
          <div className="flex items-center gap-2 rounded-md border border-control bg-surface py-1 pr-1 pl-3">
            <code className="min-w-0 flex-1 font-mono text-sm wrap-break-word">{password}</code>
            <CopyButton value={password} label="Copy" />
          </div>
        </DialogBody>
        <DialogFooter
          aside={
            <CheckLine
              label="I have stored it"
              checked={stored}
              onChange={(event) => setStored(event.target.checked)}
            />
          }
        >
          <Button
            variant="primary"
            showReason
            reason={stored ? undefined : "Tick the box to close."}
            onClick={onStored}
          >
            Close
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
