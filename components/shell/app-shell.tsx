"use client";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { usePageFocus } from "@/components/ui/focus";
import { Kbd } from "@/components/ui/kbd";
import { late } from "@/components/ui/late";
import { Brand } from "@/components/ui/logo";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { type NavGroup, Navigation } from "./navigation";
import type { Theme } from "./theme";
import { typeAhead } from "./typed-ahead";
import { useShortcuts } from "./use-shortcuts";
import { useTheme } from "./use-theme";
import { type Me, UserMenu, UserMenuButton } from "./user-menu";

const CommandPalette = late(() => import("./command-palette").then((module) => module.CommandPalette));
const PhoneSheet = late(() => import("./phone-sheet").then((module) => module.PhoneSheet));
const ShortcutsDialog = late(() => import("./shortcuts-dialog").then((module) => module.ShortcutsDialog));

/** Whether a part of the frame is open; what was never opened is not fetched either. */
type Use = "unused" | "open" | "closed";

const stateOf = (open: boolean): Use => (open ? "open" : "closed");

export interface AppShellProps {
  nav: { groups: NavGroup[] };
  me: Me;
  theme: Theme;
  /** Whether single keys are shortcuts for this person. */
  singleKeys: boolean;
  /** What opens the palette, as this person's keyboard has it. */
  paletteKey: string;
  /** What is above every page. */
  banner: ReactNode;
  children: ReactNode;
}

export function AppShell({ nav, me, theme: stored, singleKeys, paletteKey, banner, children }: AppShellProps) {
  const [palette, setPalette] = useState<Use>("unused");
  const [sheet, setSheet] = useState<Use>("unused");
  const [keys, setKeys] = useState<Use>("unused");
  const [menu, setMenu] = useState(false);
  const [theme, setTheme] = useTheme(stored);
  const signOut = useRef<HTMLFormElement>(null);
  const pathname = usePathname();
  const shows = {
    palette: () => {
      if (palette === "unused") typeAhead(() => setPalette("closed"));
      setPalette("open");
    },
    keys: () => setKeys("open"),
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the sheet closes whenever the page changes
  useEffect(() => setSheet((use) => (use === "open" ? "closed" : use)), [pathname]);
  usePageFocus(pathname);
  useShortcuts({ palette: shows.palette, help: shows.keys, singleKeys });

  return (
    <div className="min-h-dvh s:grid s:grid-cols-[212px_minmax(0,1fr)] print:block">
      <a
        href="#content"
        className="sr-only rounded-md bg-raised px-3 py-2 text-ui font-medium shadow-lift-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-3 focus:py-2"
      >
        Skip to content
      </a>

      <header
        data-print="hide"
        className="sticky top-0 flex h-dvh flex-col overflow-y-auto border-r border-line bg-canvas px-2.5 pt-3.5 pb-2.5 max-s:hidden"
      >
        <a href="/" className="flex-none self-start rounded-md px-2">
          <Brand />
        </a>
        <button
          type="button"
          onClick={shows.palette}
          aria-keyshortcuts="Control+K Meta+K"
          className="mt-3 mb-3.5 flex h-8 w-full flex-none items-center gap-2 rounded-md border border-line bg-surface pr-1.5 pl-[9px] text-left text-ui whitespace-nowrap text-muted shadow-lift-1 hover:border-line-strong"
        >
          <SpriteIcon name="search" className="text-icon" />
          Search or jump
          <span className="ml-auto">
            <Kbd>{paletteKey}</Kbd>
          </span>
        </button>
        <Navigation groups={nav.groups} />
        <UserMenuButton me={me} open={menu} wide />
      </header>

      <header
        data-print="hide"
        className="sticky top-0 z-20 flex h-13 items-center gap-1 border-b border-line bg-surface px-2 s:hidden"
      >
        <Button
          variant="quiet"
          size="icon"
          aria-label="Open navigation"
          aria-haspopup="dialog"
          aria-expanded={sheet === "open"}
          className="size-10!"
          onClick={() => setSheet("open")}
        >
          <SpriteIcon name="menu" />
        </Button>
        {sheet !== "unused" && (
          <PhoneSheet open={sheet === "open"} onOpenChange={(open) => setSheet(stateOf(open))}>
            <Navigation groups={nav.groups} />
          </PhoneSheet>
        )}
        <a href="/" className="mr-auto rounded-md">
          <Brand />
        </a>
        <Button variant="quiet" size="icon" aria-label="Search or jump" className="size-10!" onClick={shows.palette}>
          <SpriteIcon name="search" />
        </Button>
        <UserMenuButton me={me} open={menu} />
      </header>

      <div className="min-w-0">
        {banner}
        {/* Its last rows end above the toasts. */}
        <main
          id="content"
          tabIndex={-1}
          className="max-w-[1680px] px-6 pt-5 pb-24 outline-none max-s:px-4 max-s:pt-4 print:pb-0"
        >
          {children}
        </main>
      </div>

      <UserMenu
        me={me}
        onOpenChange={setMenu}
        theme={theme}
        onTheme={setTheme}
        singleKeys={singleKeys}
        onShortcuts={shows.keys}
        signOut={signOut}
      />
      {palette !== "unused" && (
        <CommandPalette
          open={palette === "open"}
          onOpenChange={(open) => setPalette(stateOf(open))}
          groups={nav.groups}
          theme={theme}
          onTheme={setTheme}
          onShortcuts={shows.keys}
          onSignOut={() => signOut.current?.requestSubmit()}
        />
      )}
      {keys !== "unused" && (
        <ShortcutsDialog
          open={keys === "open"}
          onOpenChange={(open) => setKeys(stateOf(open))}
          paletteKey={paletteKey}
          singleKeys={singleKeys}
        />
      )}
    </div>
  );
}
