import { type RefObject, useRef } from "react";

/** Where the focus was when something opened, and the way back: a dialog without a trigger would lose it. */
export function useReturnFocus() {
  const from = useRef<HTMLElement | null>(null);
  return {
    remember() {
      const { activeElement } = document;
      from.current = activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
    },
    giveBack(event: Event) {
      if (event.defaultPrevented || !from.current?.isConnected) return;
      event.preventDefault();
      from.current.focus();
    },
  };
}

/** For `onOpenAutoFocus`: where a form begins, rather than at the cross above it. A dialog without a field is left alone. */
export function focusFirstField(event: Event) {
  const field = (event.target as Element).querySelector<HTMLElement>(
    ":is(input, select, textarea):not([type='hidden'], :disabled, :read-only:not(select)), [role='combobox']",
  );
  if (!field) return;
  event.preventDefault();
  field.focus();
}

/** For `onCloseAutoFocus` of a dialog that a menu item opened: the item is gone by then, the menu's button is not. */
export const focusOn = (target: RefObject<HTMLElement | null>) => (event: Event) => {
  if (!target.current?.isConnected) return;
  event.preventDefault();
  target.current.focus();
};

/** For `onCloseAutoFocus`: whoever has gone on before the list was gone keeps the focus there. */
export function unlessMoved(event: Event) {
  if (document.activeElement !== document.body) event.preventDefault();
}
