"use client";
import type { ReactNode } from "react";
import { Dialog, DialogBody, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { preferencesPath } from "@/lib/account/preferences";

interface ShortcutsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** "Ctrl K" as this person's keyboard has it. */
  paletteKey: string;
  singleKeys: boolean;
}

/** Every key that does something wherever one is. */
export function ShortcutsDialog({ open, onOpenChange, paletteKey, singleKeys }: ShortcutsDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="s" title="Keyboard shortcuts">
        <DialogBody>
          <dl className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-y-2.5 text-ui">
            <Shortcut does="Search or jump" keys={paletteKey} />
            {singleKeys && (
              <>
                <Shortcut does="Search this page" keys="/" />
                <Shortcut does="Create what this page lists" keys="c" />
                <Shortcut does="Show keyboard shortcuts" keys="?" />
              </>
            )}
            <Shortcut does="Close what is open" keys="Esc" />
          </dl>
          <p className="text-xs text-muted">
            {singleKeys
              ? "Single keys do nothing while you type or while something is open. You can turn them off in "
              : "Single-key shortcuts are off. You can turn them on in "}
            <DialogClose asChild>
              <a href={preferencesPath} className="link">
                your preferences
              </a>
            </DialogClose>
            .
          </p>
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

function Shortcut({ does, keys }: { does: string; keys: string }): ReactNode {
  return (
    <>
      <dt>{does}</dt>
      <dd className="flex justify-end">
        <Kbd>{keys}</Kbd>
      </dd>
    </>
  );
}
