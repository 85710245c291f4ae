import type { KeyboardEvent } from "react";

type Popup = typeof import("./menu-popup");

/** A button that was pressed for its menu, and of what that is, as the id of a row; `press` tells one press from the next. */
export interface PressedButton {
  id: string;
  button: HTMLElement;
  byKey: boolean;
  press: number;
}

let popup: Popup | null = null;
let coming: Promise<unknown> | null = null;

/** Fetches what an open menu is made of, once. */
export function loadMenus(): Promise<unknown> {
  coming ??= import("./menu-popup").then(
    (module) => {
      popup = module;
    },
    (error) => {
      coming = null;
      throw error;
    },
  );
  return coming;
}

/** What an open menu is made of; null before it was fetched. */
export const menuPopup = (): Popup | null => popup;

export const fetchMenus = () => void loadMenus().catch(() => {});

/** Whether this key opens the menu of a button; the press itself does nothing else then. */
export function opensMenu(event: Pick<KeyboardEvent, "key" | "preventDefault">): boolean {
  if (!["Enter", " ", "ArrowDown"].includes(event.key)) return false;
  event.preventDefault();
  return true;
}
