"use client";
import type { ScreenPath } from "@/lib/shell/navigation";
import sprite from "./frame-icons.svg";

/** Names of Lucide's icons, all of which stand in the sprite. */
const screenIcons = {
  "/admin": "house",
  "/admin/users": "users",
  "/admin/groups": "boxes",
  "/admin/service-accounts": "bot",
  "/admin/roles": "shield",
  "/admin/privileges": "table",
  "/admin/organisation": "network",
  "/admin/sessions": "monitor-smartphone",
  "/admin/clients": "monitor",
  "/admin/tokens": "key-round",
  "/admin/resources": "package",
  "/admin/audit": "scroll-text",
  "/admin/identity-providers": "id-card",
  "/admin/settings": "settings",
} as const satisfies Record<ScreenPath, string>;

const otherIcons = [
  "book-open",
  "chevrons-up-down",
  "circle-user",
  "eye",
  "keyboard",
  "log-out",
  "moon",
  "plus",
  "sun",
] as const;

type IconName = (typeof screenIcons)[ScreenPath] | (typeof otherIcons)[number];

/** For the test: a page needs no list of them. */
export const frameIcons = (): IconName[] => [...Object.values(screenIcons), ...otherIcons];

/** A sign of the frame. Its lines stand in a file of their own, fetched once, and not in every page. */
export function FrameIcon({ name }: { name: IconName }) {
  return (
    <svg aria-hidden className="lucide">
      <use href={`${sprite.src}#${name}`} />
    </svg>
  );
}

/** The sign of the screen that an address leads to, or that lies above it. */
export function ScreenIcon({ href }: { href: string }) {
  const [path = ""] = /^\/admin(\/[\w-]+)?/.exec(href) ?? [];
  return <FrameIcon name={(screenIcons as Record<string, IconName>)[path] ?? "circle-user"} />;
}
