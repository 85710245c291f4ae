"use client";
import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckLine } from "@/components/ui/check-line";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";

/** Shown this once, inside a dialog that stays open until the box is ticked. */
export function RecoveryCodes({ codes, onStored }: { codes: string[]; onStored: () => void }) {
  const [stored, setStored] = useState(false);
  const text = codes.join("\n");
  return (
    <>
      <DialogBody>
        <p className="text-ui text-ink-2">
          Each of these {codes.length} codes works once in place of your second factor, for example if you lose your
          phone. They are shown only once.
        </p>
        <ul
          aria-label="Recovery codes"
          className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-md border border-line bg-sunken px-4 py-3 font-mono text-ui max-s:grid-cols-1"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <CopyButton value={text} label="Copy" />
          <Button onClick={() => download(text)}>
            <Download aria-hidden />
            Download
          </Button>
        </div>
        <CheckLine label="I have stored them" checked={stored} onChange={(event) => setStored(event.target.checked)} />
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" showReason reason={stored ? undefined : "Tick the box to close."} onClick={onStored}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}

/** A file made in the browser: the codes go nowhere else. */
function download(text: string) {
  const address = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "gatehouse-recovery-codes.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
