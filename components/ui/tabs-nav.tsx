"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "./class-names";

export interface Tab {
  href: string;
  label: string;
  count?: ReactNode;
  /** What it contains, where the label alone could be read otherwise. */
  title?: string;
  current?: boolean;
  /** Draws a thin line before it: saved views after fixed ones. */
  apart?: boolean;
  /** Stays in sight where the strip scrolls. */
  pinned?: boolean;
}

interface TabsNavProps {
  label: string;
  tabs: Tab[];
  /** Comes after the last one: what opens the others. */
  more?: ReactNode;
  className?: string;
}

/** Links that look like tabs; each is an address of its own. Where they do not fit, the current one is in sight. */
export function TabsNav({ label, tabs, more, className }: TabsNavProps) {
  const strip = useRef<HTMLElement>(null);
  const current = tabs.find((tab) => tab.current)?.href;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another current tab is what moves the strip
  useEffect(() => {
    const tab = strip.current?.querySelector<HTMLElement>("[aria-current]");
    if (!strip.current || !tab) return;
    const [around, own] = [strip.current.getBoundingClientRect(), tab.getBoundingClientRect()];
    const pinned = strip.current.querySelector("[data-pinned]");
    const left = pinned && !pinned.contains(tab) ? pinned.getBoundingClientRect().right : around.left;
    if (own.left < left || own.right > around.right)
      strip.current.scrollLeft += own.left - left - (around.right - left - own.width) / 2;
  }, [current]);

  return (
    <nav ref={strip} aria-label={label} data-print="hide" className={cn("strip tabs", className)}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href} data-pinned={tab.pinned || undefined}>
            {tab.apart && <hr aria-hidden />}
            <a href={tab.href} title={tab.title} aria-current={tab.current ? "page" : undefined} className="tab">
              <span>{tab.label}</span>
              {tab.count !== undefined && <small>{tab.count}</small>}
            </a>
          </li>
        ))}
        {more && <li className="more">{more}</li>}
      </ul>
    </nav>
  );
}
