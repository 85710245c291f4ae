"use client";
import { Popover } from "radix-ui";
import { type RefObject, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { popLook } from "@/components/ui/pop-look";
import { FilterChoices, type FilterChoicesProps } from "./filter-choices";

type FilterPopupProps = FilterChoicesProps & {
  anchor: RefObject<HTMLButtonElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** The choices of a filter, beside its sentence. */
export function FilterPopup({ anchor, open, onOpenChange, ...choices }: FilterPopupProps) {
  const outside = useRef(false);
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={`${choices.label} is`}
          onInteractOutside={(event) => {
            // The sentence itself closes it.
            if (event.target instanceof Node && anchor.current?.contains(event.target)) event.preventDefault();
            else outside.current = true;
          }}
          onCloseAutoFocus={(event) => {
            if (!outside.current) anchor.current?.focus();
            outside.current = false;
            event.preventDefault();
          }}
          className={cn(popLook, "w-64 max-w-[calc(100vw-16px)] overflow-hidden")}
        >
          <FilterChoices {...choices} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
