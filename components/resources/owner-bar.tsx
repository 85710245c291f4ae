"use client";
import { useRef, useState } from "react";
import { SelectBar } from "@/components/list/select-bar";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import type { ListedResource } from "@/lib/resources/list";

// Fetched for its first use: a dialog is larger than the list.
const OwnersDialog = late(() => import("@/components/resources/owners-dialog").then((module) => module.OwnersDialog));

type OwnerBarProps = {
  resources: ListedResource[];
  chosen: ListedResource[];
  mark: (ids: string[], on: boolean) => void;
};

/** Chooses resources of a page, and gives those that are chosen another owner. */
export function OwnerBar({ resources, chosen, mark }: OwnerBarProps) {
  const [asked, setAsked] = useState<ListedResource[] | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <SelectBar rows={resources} {...{ chosen, mark }}>
      <Button
        ref={opener}
        size="s"
        reason={chosen.length === 0 ? "Select resources first." : undefined}
        onClick={() => setAsked(chosen)}
      >
        Change owner
      </Button>
      {asked && (
        <OwnersDialog
          chosen={asked}
          opener={opener}
          onClose={() => setAsked(null)}
          onChanged={(ids) => mark(ids, false)}
        />
      )}
    </SelectBar>
  );
}
