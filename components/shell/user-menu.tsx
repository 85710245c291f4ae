"use client";
import { type MouseEvent, type Ref, type RefObject, useRef } from "react";
import { SignOutForm } from "@/components/auth/sign-out-form";
import { Avatar } from "@/components/ui/avatar";
import { Kbd } from "@/components/ui/kbd";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { type Theme, themeIcons, themeLabels, themes } from "./theme";

export interface Me {
  id: string;
  name: string;
  username: string;
  picture?: string | undefined;
}

const menuId = "user-menu";

/** Opens the user menu: by the browser itself, so that it works without script. */
export function UserMenuButton({ me, open, wide }: { me: Me; open: boolean; wide?: boolean }) {
  return wide ? (
    <button type="button" popoverTarget={menuId} aria-expanded={open} className="user-menu-button">
      <Avatar id={me.id} name={me.name} picture={me.picture} />
      <span>
        <span className="sr-only">User menu </span>
        <b>{me.name}</b>
        {me.username}
      </span>
      <SpriteIcon name="chevrons-up-down" />
    </button>
  ) : (
    <button
      type="button"
      popoverTarget={menuId}
      aria-expanded={open}
      aria-description={me.name}
      className="mr-1 grid size-10 place-items-center rounded-full"
    >
      <span className="sr-only">User menu</span>
      <Avatar id={me.id} name={me.name} picture={me.picture} size="m" />
    </button>
  );
}

interface UserMenuProps {
  me: Me;
  onOpenChange: (open: boolean) => void;
  theme: Theme;
  onTheme: (theme: Theme) => void;
  /** Whether "?" shows the shortcuts. */
  singleKeys: boolean;
  onShortcuts: () => void;
  /** For whatever else signs out. */
  signOut: Ref<HTMLFormElement>;
}

/**
 * What concerns the signed-in person. A popover of the browser, which closes by Escape and by a press beside it, and gives the
 * focus back; nothing of it waits for script but the theme and the shortcuts.
 */
export function UserMenu({ me, onOpenChange, theme, onTheme, singleKeys, onShortcuts, signOut }: UserMenuProps) {
  const menu = useRef<HTMLElement>(null);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key on one of its buttons and links is a click
    <section
      ref={menu}
      id={menuId}
      popover="auto"
      aria-label="User menu"
      data-print="hide"
      onClick={(event) => closeAfter(event, menu)}
      onToggle={({ newState }) => {
        onOpenChange(newState === "open");
        if (newState === "open") menu.current?.querySelector("a")?.focus();
      }}
      className="user-menu"
    >
      <p>
        <b>{me.name}</b>
        {me.username}
      </p>
      <hr />
      <a href="/account">
        <SpriteIcon name="circle-user" />
        My profile
      </a>
      <a href="/account/api">
        <SpriteIcon name="book-open" />
        API reference
      </a>
      <a href="/help">
        <SpriteIcon name="circle-question-mark" />
        Help
      </a>
      <div className="noscript:hidden">
        <button type="button" onClick={onShortcuts}>
          <SpriteIcon name="keyboard" />
          Keyboard shortcuts
          {singleKeys && <Kbd>?</Kbd>}
        </button>
        <hr />
        <fieldset>
          <legend>Theme</legend>
          {themes.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="theme"
                checked={each === theme}
                onChange={() => onTheme(each)}
                className="sr-only"
              />
              <SpriteIcon name={themeIcons[each]} />
              {themeLabels[each]}
            </label>
          ))}
        </fieldset>
      </div>
      <hr />
      <SignOutForm ref={signOut}>
        <button type="submit">
          <SpriteIcon name="log-out" />
          Sign out
        </button>
      </SignOutForm>
    </section>
  );
}

/** A theme is tried out, so it leaves the menu open. */
function closeAfter({ target }: MouseEvent, menu: RefObject<HTMLElement | null>) {
  if (target instanceof Element && target.closest("button")) menu.current?.hidePopover();
}
