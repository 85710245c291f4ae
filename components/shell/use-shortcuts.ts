"use client";
import { useEffect, useRef } from "react";

interface Shortcuts {
  palette: () => void;
  help: () => void;
  /** Whether this person has single-key shortcuts on (WCAG 2.1.4). */
  singleKeys: boolean;
}

/** Where letters mean something else: fields, and lists that are searched by typing. */
const typing = `:is(input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=combobox],
  [role=listbox], [role=menu], [role=tree])`;
const layers =
  ":is([role=dialog], [role=alertdialog], [role=menu], [role=listbox], :popover-open):not([data-state=closed])";

/** What the console does by a key, wherever the focus is: Ctrl K; and where nobody types and nothing is open, `/`, `c` and `?`. */
export function useShortcuts(does: Shortcuts): void {
  const now = useRef(does);
  now.current = does;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const act = event.defaultPrevented || event.isComposing ? null : actOf(event, now.current);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function actOf(event: KeyboardEvent, { palette, help, singleKeys }: Shortcuts): (() => void) | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey, repeat, target } = event;
  if ((ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === "k") return isLayered() ? null : palette;
  if (!singleKeys || ctrlKey || metaKey || altKey || repeat) return null;
  if ((target instanceof Element && target.closest(typing)) || isLayered()) return null;
  if (key === "?") return help;
  if (key === "/") return doing(inSight<HTMLInputElement>("main input[type=search]"), (field) => field.select());
  if (key === "c") return doing(inSight("[data-creates]:not([aria-disabled])"), (button) => button.click());
  return null;
}

/** What is done to an element, which has the focus then; nothing where there is none. */
const doing = <T extends HTMLElement>(element: T | undefined, does: (element: T) => void) =>
  element
    ? () => {
        element.focus();
        does(element);
      }
    : null;

const isLayered = () => inSight(layers) !== undefined;

const inSight = <T extends HTMLElement>(selector: string) =>
  [...document.querySelectorAll<T>(selector)].find((element) => element.checkVisibility());
