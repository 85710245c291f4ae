"use client";
import { Command } from "cmdk";
import { Check, ChevronDown, X } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactNode, useId, useState } from "react";
import { cn } from "./class-names";
import { unlessMoved } from "./focus";
import { fieldLook } from "./input";
import { popLook } from "./pop-look";
import { useAnswers } from "./use-answers";

export interface Option {
  id: string;
  label: string;
  hint?: string | undefined;
}

interface Shared {
  /** Asks the server; called with "" when the list opens. */
  search: (query: string) => Promise<Option[]>;
  /** Says what is chosen; names the field and the list. */
  label: string;
  /** Adds hidden inputs, one per choice, for a form that is posted. */
  name?: string;
  placeholder?: string;
  disabled?: boolean;
  /** Of a control that a <label> names; without it, `label` and what is chosen are the name. */
  id?: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | undefined;
  /** Drawn before a label, as an avatar. */
  face?: (option: Option) => ReactNode;
  className?: string;
}

export interface ComboboxProps extends Shared {
  value: Option | null;
  onChange: (value: Option | null) => void;
  /** Offers "None" at the head of the list. */
  clearable?: boolean;
}

/** Picks one of many that only the server knows. */
export function Combobox({ value, onChange, clearable, ...shared }: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const choose = (option: Option | null) => {
    onChange(option);
    setOpen(false);
  };
  return (
    <Picker
      {...shared}
      open={open}
      onOpenChange={setOpen}
      chosen={value ? [value] : []}
      onChoose={choose}
      clearable={clearable}
    >
      {value ? (
        <span className="flex min-w-0 items-center gap-2">
          {shared.face?.(value)}
          <span className="truncate">{value.label}</span>
        </span>
      ) : undefined}
    </Picker>
  );
}

export interface MultiComboboxProps extends Shared {
  value: Option[];
  onChange: (value: Option[]) => void;
}

/** Picks several; each stands under the field as a chip that can be removed. */
export function MultiCombobox({ value, onChange, ...shared }: MultiComboboxProps) {
  const [open, setOpen] = useState(false);
  const toggle = (option: Option | null) => {
    if (!option) return;
    const held = value.some(({ id }) => id === option.id);
    onChange(held ? value.filter(({ id }) => id !== option.id) : [...value, option]);
  };
  return (
    <div className="grid gap-1.5">
      <Picker {...shared} open={open} onOpenChange={setOpen} chosen={value} onChoose={toggle} multiple />
      {value.length > 0 && (
        <ul aria-label={`Chosen: ${shared.label}`} className="flex flex-wrap gap-1.5">
          {value.map((option) => (
            <li
              key={option.id}
              className="inline-flex h-[26px] max-w-full items-center gap-1.5 rounded-md border border-line-strong pr-1 pl-2 text-ui coarse:h-8"
            >
              {shared.face?.(option)}
              <span className="truncate">{option.label}</span>
              {option.hint && <span className="truncate text-xs text-muted">{option.hint}</span>}
              <button
                type="button"
                aria-label={`Remove ${option.label}`}
                disabled={shared.disabled}
                onClick={() => onChange(value.filter(({ id }) => id !== option.id))}
                className="grid size-[18px] place-items-center rounded-sm text-icon hover:bg-press hover:text-ink coarse:size-7"
              >
                <X aria-hidden className="size-3.5 stroke-2" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface PickerProps extends Shared {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  chosen: Option[];
  onChoose: (option: Option | null) => void;
  multiple?: boolean;
  clearable?: boolean | undefined;
  children?: ReactNode;
}

function Picker(props: PickerProps) {
  const { open, onOpenChange, chosen, onChoose, multiple, clearable, children, label, name, placeholder, face } = props;
  const [query, setQuery] = useState("");
  const { found, failed, current, asked } = useAnswers(open ? props.search : undefined, query);
  const listId = useId();
  const shown = placeholder ?? `Search ${label.toLowerCase()}`;
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) setQuery("");
        onOpenChange(next);
      }}
    >
      <Popover.Trigger asChild>
        <button
          type="button"
          id={props.id}
          role="combobox"
          aria-expanded={open}
          aria-controls={open ? listId : undefined}
          aria-haspopup="dialog"
          aria-label={props.id ? undefined : chosen[0] && !multiple ? `${label}: ${chosen[0].label}` : label}
          aria-describedby={props["aria-describedby"]}
          aria-invalid={props["aria-invalid"]}
          disabled={props.disabled}
          className={cn(fieldLook, "flex items-center justify-between gap-2 text-left", props.className)}
        >
          {children ?? <span className="truncate text-muted">{shown}</span>}
          <ChevronDown aria-hidden className="text-icon" />
        </button>
      </Popover.Trigger>
      {name && chosen.map(({ id }) => <input key={id} type="hidden" name={name} value={id} />)}
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={unlessMoved}
          aria-label={label}
          className={cn(popLook, "w-(--radix-popover-trigger-width) min-w-64 max-w-[calc(100vw-16px)] overflow-hidden")}
        >
          <Command shouldFilter={false} label={label}>
            <Command.Input
              value={query}
              onValueChange={setQuery}
              placeholder={shown}
              className="h-9 w-full border-b border-line bg-transparent px-3 text-ui outline-none"
            />
            <Command.List id={listId} className="max-h-64 overflow-auto p-1">
              {failed && current && (
                <p role="alert" className="px-2 py-3 text-ui text-danger">
                  The list could not be read. Type again to try once more.
                </p>
              )}
              {!failed && current && found.length === 0 && (
                <p className="px-2 py-3 text-ui text-muted">
                  {query ? `Nothing matches "${query}".` : "There is nothing to choose from."}
                </p>
              )}
              {clearable && chosen.length > 0 && (
                <Line value="-none" onSelect={() => onChoose(null)} label="None" chosen={false} />
              )}
              {found.map((option) => (
                <Line
                  key={`${asked} ${option.id}`}
                  value={option.id}
                  disabled={!current}
                  onSelect={() => onChoose(option)}
                  label={option.label}
                  hint={option.hint}
                  face={face?.(option)}
                  chosen={chosen.some(({ id }) => id === option.id)}
                />
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
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
