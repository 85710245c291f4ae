"use client";
import { Dialog, DialogBody, DialogClose, DialogContent } from "@/components/ui/dialog";
import { preferencesPath } from "@/lib/account/preferences";
import { ShortcutList } from "./shortcut-list";

interface ShortcutsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** "Ctrl K" as this person's keyboard has it. */
  paletteKey: string;
  singleKeys: boolean;
}

export function ShortcutsDialog({ open, onOpenChange, paletteKey, singleKeys }: ShortcutsDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="s" title="Keyboard shortcuts">
        <DialogBody>
          <ShortcutList paletteKey={paletteKey} singleKeys={singleKeys} />
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
