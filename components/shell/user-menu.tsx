"use client";
import { type MouseEvent, type ReactNode, type Ref, type RefObject, useRef } from "react";
import { SignOutForm } from "@/components/auth/sign-out-form";
import { Avatar } from "@/components/ui/avatar";
import { Kbd } from "@/components/ui/kbd";
import { FrameIcon } from "./frame-icon";
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
    <button
      type="button"
      popoverTarget={menuId}
      aria-expanded={open}
      className="mt-auto flex min-w-0 flex-none items-center gap-[9px] rounded-md px-1.5 py-[5px] text-left -outline-offset-2 hover:bg-press aria-expanded:bg-press"
    >
      <Avatar id={me.id} name={me.name} picture={me.picture} />
      <span className="min-w-0 flex-1">
        <span className="sr-only">User menu </span>
        <span className="block truncate text-ui/[17px] font-medium">{me.name}</span>
        <span className="block truncate text-xs/[15px] text-muted">{me.username}</span>
      </span>
      <FrameIcon name="chevrons-up-down" />
    </button>
  ) : (
    <button
      type="button"
      popoverTarget={menuId}
      aria-expanded={open}
      aria-label="User menu"
      aria-description={me.name}
      className="mr-1 grid size-10 place-items-center rounded-full"
    >
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

const lineLook =
  "flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left -outline-offset-2 hover:bg-press coarse:min-h-10 [&>.lucide]:text-icon";

/**
 * What concerns whoever is signed in. A popover of the browser, which closes by Escape and by a press beside it, and gives the
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
      className="fixed inset-auto bottom-[62px] left-2.5 m-0 max-h-[calc(100dvh-72px)] w-62 rounded-lg border border-line-strong bg-raised p-1 text-ui text-ink shadow-lift-2 open:animate-rise max-s:top-12 max-s:right-2 max-s:bottom-auto max-s:left-auto max-s:w-72"
    >
      <p className="px-2 pt-1.5 pb-2">
        <span className="block truncate font-medium">{me.name}</span>
        <span className="block truncate text-xs text-muted">{me.username}</span>
      </p>
      <Line />
      <a href="/account" className={lineLook}>
        <FrameIcon name="circle-user" />
        My profile
      </a>
      <a href="/account/api" className={lineLook}>
        <FrameIcon name="book-open" />
        API reference
      </a>
      <button type="button" onClick={onShortcuts} className={`${lineLook} noscript:hidden`}>
        <FrameIcon name="keyboard" />
        <span className="flex-1">Keyboard shortcuts</span>
        {singleKeys && <Kbd>?</Kbd>}
      </button>
      <div className="noscript:hidden">
        <Line />
        <ThemeChoice theme={theme} onTheme={onTheme} />
      </div>
      <Line />
      <SignOutForm ref={signOut}>
        <button type="submit" className={lineLook}>
          <FrameIcon name="log-out" />
          Sign out
        </button>
      </SignOutForm>
    </section>
  );
}

const Line = (): ReactNode => <hr className="-mx-1 my-1 border-line" />;

/** A theme is tried out, so it leaves the menu open. */
function closeAfter({ target }: MouseEvent, menu: RefObject<HTMLElement | null>) {
  if (target instanceof Element && target.closest("a, button")) menu.current?.hidePopover();
}

function ThemeChoice({ theme, onTheme }: Pick<UserMenuProps, "theme" | "onTheme">) {
  return (
    <fieldset className="px-2 pt-1 pb-1.5">
      <legend className="float-left mb-1.5 text-xs font-medium text-muted">Theme</legend>
      <div className="clear-both grid grid-cols-3 gap-0.5 rounded-md border border-line bg-sunken p-0.5">
        {themes.map((each) => (
          <label
            key={each}
            className="relative flex h-7 items-center justify-center gap-1.5 rounded-sm text-xs text-ink-2 hover:text-ink has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-checked:shadow-lift-1 has-focus-visible:outline-2 has-focus-visible:outline-focus coarse:h-9 [&>.lucide]:size-3.5"
          >
            <input
              type="radio"
              name="theme"
              value={each}
              checked={each === theme}
              onChange={() => onTheme(each)}
              className="sr-only"
            />
            <FrameIcon name={themeIcons[each]} />
            {themeLabels[each]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
