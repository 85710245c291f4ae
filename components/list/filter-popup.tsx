"use client";
import type { RefObject } from "react";
import { AnchoredPopover } from "@/components/ui/anchored-popover";
import { FilterChoices, type FilterChoicesProps } from "./filter-choices";

type FilterPopupProps = FilterChoicesProps & {
  anchor: RefObject<HTMLButtonElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** The choices of a filter, beside its sentence. */
export function FilterPopup({ anchor, open, onOpenChange, ...choices }: FilterPopupProps) {
  return (
    <AnchoredPopover
      {...{ anchor, open, onOpenChange }}
      label={`${choices.label} is`}
      className="w-64 max-w-[calc(100vw-16px)] overflow-hidden"
    >
      <FilterChoices {...choices} />
    </AnchoredPopover>
  );
}
