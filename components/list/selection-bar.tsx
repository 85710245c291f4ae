"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

interface SelectionBarProps {
  /** "2 selected" */
  summary: ReactNode;
  onClear: () => void;
  /** Buttons; what removes stands last and in red. */
  children: ReactNode;
}

/** Comes after the table in the flow, so that it never covers the last row and follows it in tab order. */
export function SelectionBar({ summary, onClear, children }: SelectionBarProps) {
  return (
    <div
      role="toolbar"
      aria-label="Selection"
      data-print="hide"
      className="sticky bottom-4 z-10 mx-auto mt-4 flex w-max max-w-full animate-rise items-center gap-1 overflow-x-auto rounded-lg border border-line-strong bg-raised p-1.5 text-ui shadow-lift-3 [scrollbar-width:none] max-s:bottom-3 max-s:w-full [&>*]:flex-none"
    >
      <p role="status" className="px-2.5 font-medium whitespace-nowrap max-s:mr-auto">
        {summary}
      </p>
      {children}
      <SelectionDivider />
      <Button variant="quiet" size="icon" aria-label="Clear selection" onClick={onClear}>
        <X aria-hidden />
      </Button>
    </div>
  );
}

export function SelectionDivider() {
  return <span aria-hidden className="mx-1 h-5 w-px bg-line" />;
}
