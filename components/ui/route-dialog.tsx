"use client";
import { useRouter } from "next/navigation";
import { type ComponentProps, useState } from "react";
import { Dialog, DialogContent } from "./dialog";

/** A dialog that is an address of its own (an intercepting route): closing it goes back to the page underneath. */
export function RouteDialog(props: ComponentProps<typeof DialogContent>) {
  const router = useRouter();
  const [open, setOpen] = useState(true);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (next) return;
        setOpen(false);
        router.back();
      }}
    >
      <DialogContent {...props} />
    </Dialog>
  );
}
