// biome-ignore-all lint/a11y/noRedundantRoles: on phones `display` changes, and the roles would be lost
"use client";
import { type KeyboardEvent, memo, type ReactNode, useCallback, useEffect, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { fetchMenus, opensMenu, type PressedButton } from "@/components/ui/fetch-menus";
import { useRowFocus } from "@/components/ui/focus";
import { titleCutTexts } from "./cut-texts";
import { useKeptRows } from "./kept-rows";
import type { ListRow } from "./merge-rows";

export interface PackedRowsProps {
  rows: ListRow[];
  /** How the stylesheet knows them. */
  className?: string | undefined;
  /** The one menu of all rows, once a button with `data-more` was pressed, which has the id of its row. */
  menu?: ((pressed: PressedButton) => ReactNode) | undefined;
  /** Fetches what that menu is made of, as soon as somebody is near its button. */
  fetchMenu?: (() => Promise<unknown>) | undefined;
}

/**
 * The rows of a table that are drawn in the browser from packed values: plain links, and buttons that one listener hears for
 * all of them.
 */
export function PackedRows({ rows, className, menu, fetchMenu }: PackedRowsProps) {
  const [pressed, setPressed] = useState<PressedButton | null>(null);
  const press = useCallback(
    (button: HTMLElement, byKey: boolean) =>
      setPressed((last) => ({ id: button.dataset.more ?? "", button, byKey, press: (last?.press ?? 0) + 1 })),
    [],
  );
  return (
    <>
      <Body rows={rows} className={className} press={press} fetchMenu={fetchMenu} />
      {pressed && menu?.(pressed)}
    </>
  );
}

type BodyProps = Pick<PackedRowsProps, "rows" | "className" | "fetchMenu"> & {
  press: (button: HTMLElement, byKey: boolean) => void;
};

/** Drawn again when rows change, never for a menu. */
const Body = memo(function Body({ rows, className, press, fetchMenu }: BodyProps) {
  const near = (target: EventTarget) => {
    if (!moreOf(target)) return;
    fetchMenus();
    fetchMenu?.().catch(() => {});
  };
  const kept = useKeptRows(rows);
  const { onFocus } = useRowFocus();
  return (
    <tbody
      role="rowgroup"
      className={cn("rows", className)}
      onPointerDown={(event) => {
        const button = event.button === 0 && !event.ctrlKey ? moreOf(event.target) : null;
        if (!button) return;
        // The focus goes into the menu, not to its button.
        if (button.ariaExpanded !== "true") event.preventDefault();
        press(button, false);
      }}
      onKeyDown={(event: KeyboardEvent) => {
        const button = moreOf(event.target);
        if (button && opensMenu(event)) press(button, true);
      }}
      onPointerOver={({ target }) => {
        near(target);
        if (target instanceof HTMLAnchorElement) titleCutTexts(target);
      }}
      onFocus={(event) => {
        onFocus(event);
        near(event.target);
      }}
    >
      {kept}
    </tbody>
  );
});

const moreOf = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>("button[data-more]") : null;

/** Marks a button whose menu is open, while it is. React does not know this attribute of the button. */
export function useExpanded(button: HTMLElement, open: boolean): void {
  useEffect(() => {
    if (!open) return;
    button.ariaExpanded = "true";
    return () => {
      button.ariaExpanded = "false";
    };
  }, [button, open]);
}
