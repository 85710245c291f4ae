"use client";
import { Menu as MenuIcon, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Brand } from "@/components/ui/logo";
import { Waits } from "@/components/ui/waiting";
import type { ActionResult } from "@/lib/http/action";
import { AppearanceMenu } from "./appearance-menu";
import type { PaletteHit } from "./command-palette";
import { type NavGroup, Navigation } from "./navigation";
import type { Theme } from "./theme";

const CommandPalette = dynamic(() => import("./command-palette").then((module) => module.CommandPalette), {
  ssr: false,
  loading: Waits,
});
const PhoneSheet = dynamic(() => import("./phone-sheet").then((module) => module.PhoneSheet), {
  ssr: false,
  loading: Waits,
});

/** Whether a part of the frame is open; what was never opened is not fetched either. */
type Use = "unused" | "open" | "closed";

export interface Me {
  id: string;
  name: string;
  username: string;
  picture?: string | undefined;
}

export interface AppShellProps {
  nav: { groups: NavGroup[] };
  me: Me;
  theme: Theme;
  /** What stands above every page. */
  banner: ReactNode;
  /** Finds people for the palette; without it only screens are found. */
  search?: (question: { q: string }) => Promise<ActionResult<PaletteHit[]>>;
  children: ReactNode;
}

export function AppShell({ nav, me, theme, banner, search, children }: AppShellProps) {
  const [palette, setPalette] = useState<Use>("unused");
  const [sheet, setSheet] = useState<Use>("unused");
  const pathname = usePathname();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the sheet closes whenever the page changes
  useEffect(() => setSheet((use) => (use === "open" ? "closed" : use)), [pathname]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setPalette((state) => (state === "open" ? "closed" : "open"));
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  const foot = (
    <div className="mt-auto flex items-center gap-1 pt-2.5">
      <a
        href="/account"
        aria-current={pathname === "/account" ? "page" : undefined}
        className="flex min-w-0 flex-1 items-center gap-[9px] rounded-md px-1.5 py-[5px] -outline-offset-2 hover:bg-press aria-[current]:bg-press"
      >
        <Avatar id={me.id} name={me.name} picture={me.picture} />
        <span className="min-w-0">
          <span className="block truncate text-ui/[17px] font-medium">My profile</span>
          <span className="block truncate text-xs/[15px] text-muted">{me.name}</span>
        </span>
      </a>
      <AppearanceMenu theme={theme} />
    </div>
  );

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
          onClick={() => setPalette("open")}
          className="mt-3 mb-3.5 flex h-8 w-full flex-none items-center gap-2 rounded-md border border-line bg-surface pr-1.5 pl-[9px] text-left text-ui whitespace-nowrap text-muted shadow-lift-1 hover:border-line-strong"
        >
          <Search aria-hidden className="text-icon" />
          Search or jump
          <span className="ml-auto">
            <Kbd>Ctrl K</Kbd>
          </span>
        </button>
        <Navigation groups={nav.groups}>{foot}</Navigation>
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
          className="size-10"
          onClick={() => setSheet("open")}
        >
          <MenuIcon aria-hidden />
        </Button>
        {sheet !== "unused" && (
          <PhoneSheet open={sheet === "open"} onOpenChange={(open) => setSheet(open ? "open" : "closed")}>
            <Navigation groups={nav.groups}>{foot}</Navigation>
          </PhoneSheet>
        )}
        <a href="/" className="mr-auto rounded-md">
          <Brand />
        </a>
        <Button
          variant="quiet"
          size="icon"
          aria-label="Search or jump"
          className="size-10"
          onClick={() => setPalette("open")}
        >
          <Search aria-hidden />
        </Button>
        <a href="/account" aria-description={me.name} className="mr-1 grid size-10 place-items-center rounded-full">
          <span className="sr-only">My profile</span>
          <Avatar id={me.id} name={me.name} picture={me.picture} size="m" />
        </a>
      </header>

      <div className="min-w-0">
        {banner}
        {/* Its last rows end above where toasts stand. */}
        <main
          id="content"
          tabIndex={-1}
          className="max-w-[1680px] px-6 pt-5 pb-24 outline-none max-s:px-4 max-s:pt-4 print:pb-0"
        >
          {children}
        </main>
      </div>

      {palette !== "unused" && (
        <CommandPalette
          open={palette === "open"}
          onOpenChange={(open) => setPalette(open ? "open" : "closed")}
          groups={nav.groups}
          search={search}
        />
      )}
    </div>
  );
}
