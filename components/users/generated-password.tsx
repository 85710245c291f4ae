"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckLine } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";

type GeneratedPasswordProps = { name: string; password: string; onStored: () => void };

/** A generated password, shown this once (U5). */
export function GeneratedPassword({ name, password, onStored }: GeneratedPasswordProps) {
  const [stored, setStored] = useState(false);
  return (
    <section aria-labelledby="generated-password" className="grid gap-4 p-6 max-s:p-4">
      <div className="grid gap-1">
        <h2 id="generated-password" className="text-sm font-semibold">
          Store the password for {name}
        </h2>
        <p className="text-ui text-muted">
          It is shown this once. Gatehouse keeps only a hash; hand the password over yourself.
        </p>
      </div>
      <div className="flex items-center gap-2 rounded-md border border-control bg-surface py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 font-mono text-sm wrap-break-word">{password}</code>
        <CopyButton value={password} label="Copy" />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <CheckLine label="I have stored it" checked={stored} onChange={(event) => setStored(event.target.checked)} />
        <Button variant="primary" showReason reason={stored ? undefined : "Tick the box to close."} onClick={onStored}>
          Close
        </Button>
      </div>
    </section>
  );
}
