"use client";
import { Popover } from "radix-ui";
import { type ReactNode, type RefObject, useRef } from "react";
import { cn } from "./class-names";
import { popLook } from "./pop-look";

interface AnchoredPopoverProps {
  /** The button that opens and closes it, which was there before this was fetched. */
  anchor: RefObject<HTMLButtonElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  label: string;
  className: string;
  children: ReactNode;
}

/** Is placed beside a button, and gives the focus back to it. */
export function AnchoredPopover({ anchor, open, onOpenChange, label, className, children }: AnchoredPopoverProps) {
  const outside = useRef(false);
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onInteractOutside={(event) => {
            // The button itself closes it.
            if (event.target instanceof Node && anchor.current?.contains(event.target)) event.preventDefault();
            else outside.current = true;
          }}
          onCloseAutoFocus={(event) => {
            // A person who has moved on keeps the focus there. A dialog below takes it from removed elements, which is not moving on.
            const lost = document.activeElement?.contains(anchor.current);
            if (lost && !outside.current) anchor.current?.focus();
            outside.current = false;
            event.preventDefault();
          }}
          className={cn(popLook, className)}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
