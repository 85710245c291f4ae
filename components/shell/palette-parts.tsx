"use client";
import { Command } from "cmdk";
import type { ReactNode } from "react";

export function Section({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

interface LineProps {
  value: string;
  disabled?: boolean;
  onSelect: () => void;
  lead: ReactNode;
  hint?: string | undefined;
  children: ReactNode;
}

export function Line({ value, disabled, onSelect, lead, hint, children }: LineProps) {
  return (
    <Command.Item
      value={value}
      disabled={disabled}
      onSelect={onSelect}
      className="flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-ui data-[selected=true]:bg-press coarse:min-h-11 [&>.lucide]:text-icon"
    >
      {lead}
      <span className="truncate">{children}</span>
      {hint && <span className="ml-auto truncate pl-3 text-xs text-muted">{hint}</span>}
    </Command.Item>
  );
}
