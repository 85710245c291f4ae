"use client";
import { type ReactNode, useId, useRef, useState } from "react";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { cn } from "./class-names";
import { late } from "./late";
import { useUsed } from "./use-used";

const loadPopup = () => import("./combobox-popup");
const fetchPopup = () => void loadPopup().catch(() => {});
const ComboboxPopup = late(() => loadPopup().then((module) => module.ComboboxPopup));

export interface Option {
  id: string;
  label: string;
  hint?: string | undefined;
  /** Of a person. */
  picture?: string | undefined;
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

/** Picks several; each is under the field as a chip that can be removed. */
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
                <SpriteIcon name="x" className="size-3.5 stroke-2" />
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
  const used = useUsed(open);
  const button = useRef<HTMLButtonElement>(null);
  const listId = useId();
  const shown = placeholder ?? `Search ${label.toLowerCase()}`;
  return (
    <>
      <button
        ref={button}
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
        onPointerEnter={fetchPopup}
        onFocus={fetchPopup}
        onClick={() => onOpenChange(!open)}
        className={cn("field flex items-center justify-between gap-2 text-left", props.className)}
      >
        {children ?? <span className="truncate text-muted">{shown}</span>}
        <SpriteIcon name="chevron-down" className="text-icon" />
      </button>
      {name && chosen.map(({ id }) => <input key={id} type="hidden" name={name} value={id} />)}
      {used && (
        <ComboboxPopup
          anchor={button}
          {...{ open, onOpenChange, chosen, onChoose, clearable, face, label, listId }}
          search={props.search}
          placeholder={shown}
        />
      )}
    </>
  );
}
