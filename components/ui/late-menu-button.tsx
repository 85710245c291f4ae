"use client";
import { type ReactNode, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { fetchMenus, opensMenu, type PressedButton } from "./fetch-menus";

type LateMenuButtonProps = Omit<ButtonProps, "onPointerEnter" | "onFocus" | "onPointerDown" | "onKeyDown"> & {
  /** Of what the menu is about. */
  id: string;
  /** The menu, once the button was pressed. */
  menu: (pressed: PressedButton) => ReactNode;
  /** Fetches what that menu is made of, as soon as somebody is near the button. */
  fetchMenu: () => Promise<unknown>;
};

/** The button of a menu that is fetched as a whole, as that of the rows of a list is. */
export function LateMenuButton({ id, menu, fetchMenu, ...rest }: LateMenuButtonProps) {
  const [pressed, setPressed] = useState<PressedButton | null>(null);
  const near = () => {
    fetchMenus();
    fetchMenu().catch(() => {});
  };
  const press = (button: HTMLElement, byKey: boolean) =>
    setPressed((last) => ({ id, button, byKey, press: (last?.press ?? 0) + 1 }));
  return (
    <>
      <Button
        {...rest}
        aria-haspopup="menu"
        aria-expanded="false"
        onPointerEnter={near}
        onFocus={near}
        onPointerDown={(event) => {
          if (event.button !== 0 || event.ctrlKey) return;
          // The focus goes into the menu, not to its button.
          if (event.currentTarget.ariaExpanded !== "true") event.preventDefault();
          press(event.currentTarget, false);
        }}
        onKeyDown={(event) => opensMenu(event) && press(event.currentTarget, true)}
      />
      {pressed && menu(pressed)}
    </>
  );
}
