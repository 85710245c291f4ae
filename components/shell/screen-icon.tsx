"use client";
import type { ScreenPath } from "@/lib/shell/navigation";
import sprite from "./screen-icons.svg";

/** Names of Lucide's icons, all of which stand in the sprite. */
export const screenIcons: Record<ScreenPath, string> = {
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
};

/** The sign of a screen. Its lines stand in a file of their own, fetched once, and not in every page. */
export function ScreenIcon({ href }: { href: ScreenPath }) {
  return (
    <svg aria-hidden className="lucide">
      <use href={`${sprite.src}#${screenIcons[href]}`} />
    </svg>
  );
}
