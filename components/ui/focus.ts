import { type FocusEvent, type RefObject, useEffect, useRef } from "react";

/**
 * Where the focus was when something opened, and the way back: a dialog without a trigger would lose it. Where what had it is
 * gone, as after a dialog that leads to another page, the page's heading has it. `opener`: what was pressed,
 * where the dialog had to be fetched first and the focus may have moved meanwhile.
 */
export function useReturnFocus(opener?: RefObject<HTMLElement | null>) {
  const from = useRef<HTMLElement | null>(null);
  return {
    remember() {
      const activeElement = opener?.current ?? document.activeElement;
      from.current = activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
    },
    giveBack(event: Event) {
      if (event.defaultPrevented || !from.current) return;
      event.preventDefault();
      if (from.current.isConnected) from.current.focus();
      // A row that shows what was done has taken it by then.
      else if (document.activeElement === document.body) heading()?.focus();
    },
  };
}

function heading(): HTMLElement | null {
  const title = document.querySelector<HTMLElement>("main h1");
  title?.setAttribute("tabindex", "-1");
  return title;
}

/** Once another page is there: where what had the focus went with the last one, the heading has it. */
export function usePageFocus(path: string) {
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    // After a dialog that closed with the page, which gives the focus back a moment later.
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) heading()?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [path]);
}

/** For `onOpenAutoFocus`: where a form begins, rather than at the cross above it. A dialog without a field is left alone. */
export function focusFirstField(event: Event) {
  if (focusFirstFieldOf(event.target as Element)) event.preventDefault();
}

/** False when there is none. */
export function focusFirstFieldOf(element: Element | null): boolean {
  const field = element?.querySelector<HTMLElement>(
    ":is(input, select, textarea):not([type='hidden'], :disabled, :read-only:not(select)), [role='combobox']",
  );
  field?.focus();
  return Boolean(field);
}

/** For `onCloseAutoFocus` of a dialog that a menu item opened: the item is gone by then, the menu's button is not. */
export const focusOn = (target: RefObject<HTMLElement | null>) => (event: Event) => {
  if (!target.current?.isConnected) return;
  event.preventDefault();
  target.current.focus();
};

const controlsOf = (row: Element) => [
  ...row.querySelectorAll<HTMLElement>(":is(a[href], button, input, select, textarea, [tabindex])"),
];

/**
 * For whatever has rows as its children: when the row with the focus goes, the same control of the next row has it, or
 * of the one before; where no row is left, what `otherwise` finds, else the heading of the page.
 */
export function useRowFocus(otherwise: () => HTMLElement | null = heading) {
  const place = useRef<{ list: Element; at: HTMLElement; row: number; fromEnd: number; path: string } | null>(null);

  function keep() {
    const lost = place.current;
    if (!lost || lost.at.isConnected) return;
    place.current = null;
    if (document.activeElement !== document.body || location.pathname !== lost.path) return;
    const rows = lost.list.isConnected ? [...lost.list.children] : [];
    const nearest = [...rows.slice(lost.row), ...rows.slice(0, lost.row).reverse()];
    const controls = nearest.map(controlsOf).find(({ length }) => length > 0) ?? [];
    (controls.at(-lost.fromEnd) ?? controls.at(-1) ?? otherwise())?.focus();
  }

  // Without dependencies: it runs after each drawing that follows, and after the list itself is gone.
  useEffect(() => keep);

  return {
    onFocus({ currentTarget: list, target: at }: FocusEvent<HTMLElement>) {
      const row = [...list.children].findIndex((each) => each.contains(at));
      if (row < 0) return;
      const controls = controlsOf(list.children[row] as Element);
      place.current = { list, at, row, fromEnd: controls.length - controls.indexOf(at), path: location.pathname };
    },
  };
}
