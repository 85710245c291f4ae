"use client";
import { type ComponentProps, createContext, type ReactNode, use, useRef, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { fetchMenus, loadMenus, menuPopup, opensMenu } from "./fetch-menus";
import type { MenuPopupProps } from "./menu-popup";
import { tellMissing } from "./missing";
import { waitFor } from "./waiting";

type Popup = typeof import("./menu-popup");

/** Only within an open menu, which has fetched them. */
const parts = (): Popup => {
  const popup = menuPopup();
  if (!popup) throw new Error("A part of a menu stands outside of one");
  return popup;
};

/** A menu that a button opens: `null` before its first use. */
export type MenuUse = { anchor: HTMLElement; open: boolean; byKey: boolean } | null;

/** How a menu opens and closes; it stays mounted after its first use, so that it can fade out. */
export function useMenuState(onOpenChange?: (open: boolean) => void) {
  const [used, setUsed] = useState<MenuUse>(null);
  const [, setLoaded] = useState(menuPopup() !== null);
  return {
    used,
    show(anchor: HTMLElement, byKey: boolean) {
      setUsed({ anchor, open: true, byKey });
      onOpenChange?.(true);
      (menuPopup() ? loadMenus() : waitFor(loadMenus())).then(
        () => setLoaded(true),
        () => {
          setUsed(null);
          tellMissing();
        },
      );
    },
    hide() {
      setUsed((now) => now && { ...now, open: false });
      onOpenChange?.(false);
    },
  };
}

const MenuContext = createContext<ReturnType<typeof useMenuState> | null>(null);

/** A plain button until somebody points at it, focuses it or presses it. */
export function Menu({ onOpenChange, children }: { onOpenChange?: (open: boolean) => void; children: ReactNode }) {
  return <MenuContext value={useMenuState(onOpenChange)}>{children}</MenuContext>;
}

/** The button of a menu. `ref` is for code that gives the focus back to it. */
export function MenuTrigger({ ref, ...rest }: ButtonProps) {
  const menu = use(MenuContext);
  const button = useRef<HTMLButtonElement>(null);
  const open = menu?.used?.open ?? false;
  const toggle = (byKey: boolean) => {
    if (open) menu?.hide();
    else if (button.current) menu?.show(button.current, byKey);
  };
  return (
    <Button
      {...rest}
      ref={(element) => {
        button.current = element;
        if (typeof ref === "function") return ref(element);
        if (ref) ref.current = element;
      }}
      aria-haspopup="menu"
      aria-expanded={open}
      data-state={open ? "open" : "closed"}
      onPointerEnter={fetchMenus}
      onFocus={fetchMenus}
      onPointerDown={(event) => {
        if (event.button !== 0 || event.ctrlKey) return;
        // The focus goes into the menu, not to its button.
        if (!open) event.preventDefault();
        toggle(false);
      }}
      onKeyDown={(event) => opensMenu(event) && toggle(true)}
    />
  );
}

type MenuContentProps = Pick<MenuPopupProps, "align" | "onCloseAutoFocus" | "children">;

export function MenuContent(props: MenuContentProps) {
  const menu = use(MenuContext);
  return menu && <OpenMenu {...props} menu={menu} />;
}

/** The same for a button that is no `MenuTrigger`, as one of many in a list. */
export function OpenMenu({ menu, ...rest }: MenuContentProps & { menu: ReturnType<typeof useMenuState> }) {
  const popup = menuPopup();
  if (!menu.used || !popup) return null;
  const { open, anchor, byKey } = menu.used;
  return (
    <popup.MenuPopup
      {...rest}
      open={open}
      anchor={anchor}
      byKey={byKey}
      onOpenChange={(next) => (next ? menu.show(anchor, byKey) : menu.hide())}
    />
  );
}

export interface MenuItemProps {
  /** An element, as <Ban />: menus are client components, and a function could not be handed down to them. */
  icon?: ReactNode;
  children: ReactNode;
  /** Turns the item into a link. */
  href?: string;
  /** The link leads to a file, not to a page. */
  external?: boolean;
  onSelect?: (event: Event) => void;
  danger?: boolean;
  /** Why it is off; shown under the word, and the item stays reachable. */
  reason?: string | undefined;
}

export function MenuItem(props: MenuItemProps) {
  const Part = parts().MenuItem;
  return <Part {...props} />;
}

/** One of several; the menu closes when it is chosen. */
export function MenuRadioGroup(props: ComponentProps<Popup["MenuRadioGroup"]>) {
  const Part = parts().MenuRadioGroup;
  return <Part {...props} />;
}

export interface MenuRadioProps {
  value: string;
  icon?: ReactNode;
  children: ReactNode;
}

export function MenuRadio(props: MenuRadioProps) {
  const Part = parts().MenuRadio;
  return <Part {...props} />;
}

export function MenuSeparator() {
  const Part = parts().MenuSeparator;
  return <Part />;
}
