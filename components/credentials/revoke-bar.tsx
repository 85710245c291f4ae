"use client";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { late } from "@/components/ui/late";
import type { ListedCredential } from "@/lib/credentials/rows";

// Fetched for its first use: a dialog weighs more than the list.
const RevokeDialog = late(() => import("@/components/credentials/revoke-dialog").then((module) => module.RevokeDialog));

type RevokeBarProps = {
  credentials: ListedCredential[];
  chosen: ListedCredential[];
  mark: (ids: string[], on: boolean) => void;
};

/** What stands above the table: all of the page, how many are chosen, and what ends them. */
export function RevokeBar({ credentials, chosen, mark }: RevokeBarProps) {
  const [asked, setAsked] = useState<ListedCredential[] | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const none = chosen.length === 0;
  return (
    <div
      data-print="hide"
      className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2"
    >
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the input is inside Checkbox */}
      <label className="inline-flex items-center gap-2 text-ui coarse:py-1.5">
        <Checkbox
          checked={!none && chosen.length === credentials.length}
          mixed={!none && chosen.length < credentials.length}
          onChange={({ currentTarget }) =>
            mark(
              credentials.map(({ id }) => id),
              currentTarget.checked,
            )
          }
        />
        Select all on this page
      </label>
      <span role="status" className="ml-auto text-ui text-muted">
        {none ? "" : `${chosen.length} selected`}
      </span>
      <Button
        ref={opener}
        size="s"
        variant="danger"
        reason={none ? "Select credentials to revoke first." : undefined}
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
    </div>
  );
}
