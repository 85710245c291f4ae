"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { useReturnFocus } from "@/components/ui/focus";
import { Brand } from "@/components/ui/logo";

type PhoneSheetProps = { open: boolean; onOpenChange: (open: boolean) => void; children: ReactNode };

/** The navigation on a phone, over the page. */
export function PhoneSheet({ open, onOpenChange, children }: PhoneSheetProps) {
  const focus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim data-[state=closed]:animate-leave data-[state=open]:animate-appear" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focus.remember}
          onCloseAutoFocus={focus.giveBack}
          className="fixed inset-y-0 left-0 z-40 flex w-[284px] max-w-[calc(100vw-56px)] flex-col overflow-y-auto bg-canvas px-2.5 pt-2.5 pb-2.5 shadow-lift-3 outline-none data-[state=closed]:animate-leave data-[state=open]:animate-slide"
        >
          <Radix.Title className="sr-only">Navigation</Radix.Title>
          <div className="mb-2 flex items-center justify-between pl-2">
            <Brand />
            <Radix.Close asChild>
              <Button variant="quiet" size="icon" aria-label="Close navigation" className="size-10!">
                <X aria-hidden />
              </Button>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
