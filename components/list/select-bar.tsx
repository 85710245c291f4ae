"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { Checkbox } from "@/components/ui/checkbox";

type SelectBarProps<Row extends { id: string }> = {
  /** Those that can be chosen. */
  rows: Row[];
  chosen: Row[];
  mark: (ids: string[], on: boolean) => void;
  /** The button for what is done to those that are chosen. */
  children: ReactNode;
};

/** Above a table: all of the page, how many are chosen, and what can be done to them. */
export function SelectBar<Row extends { id: string }>({ rows, chosen, mark, children }: SelectBarProps<Row>) {
  const none = chosen.length === 0;
  const all = useRef<HTMLInputElement>(null);
  // A dash: some, not all.
  useEffect(() => {
    if (all.current) all.current.indeterminate = !none && chosen.length < rows.length;
  });
  return (
    <div
      data-print="hide"
      className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2"
    >
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the input is inside Checkbox */}
      <label className="inline-flex items-center gap-2 text-ui coarse:py-1.5">
        <Checkbox
          ref={all}
          checked={!none && chosen.length === rows.length}
          onChange={({ currentTarget }) =>
            mark(
              rows.map(({ id }) => id),
              currentTarget.checked,
            )
          }
        />
        Select all on this page
      </label>
      <span role="status" className="ml-auto text-ui text-muted">
        {none ? "" : `${chosen.length} selected`}
      </span>
      {children}
    </div>
  );
}
