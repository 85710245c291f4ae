"use client";
import { useEffect, useRef } from "react";
import type { PressedButton } from "@/components/ui/fetch-menus";
import { useMenuState } from "@/components/ui/menu";
import { useExpanded } from "./packed-rows";

/** The menu of a row in `PackedRows`: opens for each press of its button, or closes when it is open. */
export function useRowMenu({ button, byKey, press }: PressedButton, onOpen: () => void) {
  const menu = useMenuState((open) => open && onOpen());
  const open = menu.used?.open ?? false;
  const heard = useRef(0);
  useEffect(() => {
    // Strict mode runs effects twice.
    if (heard.current === press) return;
    heard.current = press;
    if (open) menu.hide();
    else menu.show(button, byKey);
  });
  useExpanded(button, open);
  return menu;
}
