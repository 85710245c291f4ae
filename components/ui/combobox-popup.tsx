"use client";
import { Command } from "cmdk";
import { Check } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { AnchoredPopover } from "./anchored-popover";
import type { Option } from "./combobox";
import { useAnswers } from "./use-answers";

interface ComboboxPopupProps {
  /** The button that opens and closes it. */
  anchor: RefObject<HTMLButtonElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  search: (query: string) => Promise<Option[]>;
  label: string;
  placeholder: string;
  /** Of the list, for the button. */
  listId: string;
  chosen: Option[];
  onChoose: (option: Option | null) => void;
  clearable?: boolean | undefined;
  face?: ((option: Option) => ReactNode) | undefined;
}

/** What a combobox offers, with a field to search by. */
export function ComboboxPopup(props: ComboboxPopupProps) {
  const { anchor, open, onOpenChange, chosen, onChoose, clearable, label, face } = props;
  const [query, setQuery] = useState("");
  // However it was closed, also by a choice, the next search starts again.
  useEffect(() => {
    if (!open) setQuery("");
  }, [open]);
  const { found, failed, current, asked } = useAnswers(open ? props.search : undefined, query);
  return (
    <AnchoredPopover
      {...{ anchor, open, label, onOpenChange }}
      className="w-(--radix-popover-trigger-width) min-w-64 max-w-[calc(100vw-16px)] overflow-hidden"
    >
      <Command shouldFilter={false} label={label}>
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={props.placeholder}
          className="h-9 w-full border-b border-line bg-transparent px-3 text-ui outline-none"
        />
        <Command.List id={props.listId} className="max-h-64 overflow-auto p-1">
          {failed && current && (
            <p role="alert" className="px-2 py-3 text-ui text-danger">
              The list could not be loaded. Type again to retry.
            </p>
          )}
          {!failed && current && found.length === 0 && (
            <p className="px-2 py-3 text-ui text-muted">
              {query ? `Nothing matches "${query}".` : "There are no options."}
            </p>
          )}
          {/* Not where somebody searches: Enter takes the first line. */}
          {clearable && chosen.length > 0 && query.trim() === "" && (
            <Line value="-none" onSelect={() => onChoose(null)} label="None" chosen={false} />
          )}
          {found.map((option) => (
            <Line
              key={`${asked} ${option.id}`}
              value={option.id}
              disabled={!current}
              onSelect={() => {
                onChoose(option);
                // Where several are chosen it stays open, for the next one.
                setQuery("");
              }}
              label={option.label}
              hint={option.hint}
              face={face?.(option)}
              chosen={chosen.some(({ id }) => id === option.id)}
            />
          ))}
        </Command.List>
      </Command>
    </AnchoredPopover>
  );
}

interface LineProps {
  value: string;
  disabled?: boolean;
  onSelect: () => void;
  label: string;
  hint?: string | undefined;
  face?: ReactNode;
  chosen: boolean;
}

function Line({ value, disabled, onSelect, label, hint, face, chosen }: LineProps) {
  return (
    <Command.Item
      value={value}
      disabled={disabled}
      onSelect={onSelect}
      className="flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-ui data-[selected=true]:bg-press coarse:min-h-10"
    >
      {face}
      <span className="min-w-0 flex-1 truncate">
        {label} {hint && <span className="ml-1 text-xs text-muted">{hint}</span>}
      </span>
      {chosen && (
        <>
          <Check aria-hidden className="text-accent-ink" />
          <span className="sr-only">chosen</span>
        </>
      )}
    </Command.Item>
  );
}
