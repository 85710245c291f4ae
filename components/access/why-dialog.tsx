"use client";
import type { ReactNode } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";

/** The panel on narrow screens, risen from the bottom. */
export function WhyDialog({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Why?">
        <div className="min-h-0 overflow-auto">{children}</div>
      </DialogContent>
    </Dialog>
  );
}
