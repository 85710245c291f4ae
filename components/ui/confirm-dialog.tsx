"use client";
import { AlertDialog as Radix } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { Button } from "./button";
import { cn } from "./class-names";
import { DialogBody, DialogFooter, dialogLook, scrimLook } from "./dialog";
import { useReturnFocus } from "./focus";

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** A sentence that says what will happen. */
  body: ReactNode;
  confirm: ReactNode;
  cancelLabel?: string;
  /** What was pressed; see `useReturnFocus`. */
  opener?: RefObject<HTMLElement | null>;
}

/** A question that must be answered; `confirm` is the button that does it. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  body,
  confirm,
  cancelLabel = "Cancel",
  opener,
}: ConfirmDialogProps) {
  const focus = useReturnFocus(opener);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimLook}>
          <Radix.Content
            data-raised=""
            className={cn(dialogLook, "max-w-[440px]")}
            onOpenAutoFocus={focus.remember}
            onCloseAutoFocus={focus.giveBack}
          >
            <header className="px-6 pt-5 max-s:px-4 max-s:pt-4">
              <Radix.Title className="text-base font-semibold tracking-[-0.012em]">{title}</Radix.Title>
            </header>
            <DialogBody className="s:pt-2">
              <Radix.Description asChild>
                <div className="grid gap-3 text-ui text-ink-2">{body}</div>
              </Radix.Description>
            </DialogBody>
            <DialogFooter>
              <Radix.Cancel asChild>
                <Button>{cancelLabel}</Button>
              </Radix.Cancel>
              {confirm}
            </DialogFooter>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
