"use client";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/class-names";
import type { ScreenPath } from "@/lib/shell/navigation";
import { ScreenIcon } from "./screen-icon";

export interface NavItem {
  href: ScreenPath;
  label: string;
  count?: number | string | undefined;
}

export interface NavGroup {
  label?: string | undefined;
  items: NavItem[];
}

/** Groups of links. Current is the link of this page, or the one above it, but for Home, which lies above all. */
export function Navigation({ groups }: { groups: NavGroup[] }) {
  const current = currentHref(groups, usePathname());
  return (
    <nav aria-label="Main" className="flex-1">
      {groups.map((group, index) => (
        <div key={group.items[0]?.href ?? index} className={cn(index > 0 && !group.label && "mt-2")}>
          {group.label && <p className="px-2 pt-2.5 pb-1.5 text-xs font-medium text-muted">{group.label}</p>}
          <ul>
            {group.items.map((item) => (
              <li key={item.href}>
                <a href={item.href} aria-current={item.href === current ? "page" : undefined} className="nav-link">
                  <ScreenIcon href={item.href} />
                  <span className="truncate">{item.label}</span>
                  {item.count !== undefined && (
                    <span className="ml-auto text-xs font-normal text-muted tabular-nums">{item.count}</span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function currentHref(groups: NavGroup[], pathname: string): string | undefined {
  const hrefs = groups.flatMap(({ items }) => items.map(({ href }) => href));
  const below = (href: string, path: string) => path.startsWith(`${href}/`);
  const holdsOthers = (href: string) => hrefs.some((other) => below(href, other));
  return hrefs.find((href) => pathname === href) ?? hrefs.find((href) => below(href, pathname) && !holdsOthers(href));
}
