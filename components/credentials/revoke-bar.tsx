"use client";
import { useRef, useState } from "react";
import { SelectBar } from "@/components/list/select-bar";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import type { ListedCredential } from "@/lib/credentials/rows";

// Fetched for its first use: a dialog is larger than the list.
const RevokeDialog = late(() => import("@/components/credentials/revoke-dialog").then((module) => module.RevokeDialog));

type RevokeBarProps = {
  credentials: ListedCredential[];
  chosen: ListedCredential[];
  mark: (ids: string[], on: boolean) => void;
};

/** Chooses credentials of a page, and ends those that are chosen. */
export function RevokeBar({ credentials, chosen, mark }: RevokeBarProps) {
  const [asked, setAsked] = useState<ListedCredential[] | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <SelectBar rows={credentials} {...{ chosen, mark }}>
      <Button
        ref={opener}
        size="s"
        variant="danger"
        reason={chosen.length === 0 ? "Select credentials to revoke first." : undefined}
        onClick={() => setAsked(chosen)}
      >
        Revoke selected
      </Button>
      {asked && (
        <RevokeDialog
          chosen={asked}
          opener={opener}
          onClose={() => setAsked(null)}
          onRevoked={(ids) => mark(ids, false)}
        />
      )}
    </SelectBar>
  );
}
