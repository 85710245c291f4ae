import { type IconName, SpriteIcon } from "@/components/ui/sprite-icon";
import type { ScreenPath } from "@/lib/shell/navigation";

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
} as const satisfies Record<ScreenPath, IconName>;

/** The sign of the screen that an address leads to, or that lies above it. */
export function ScreenIcon({ href }: { href: string }) {
  if (href.startsWith("/help")) return <SpriteIcon name="circle-question-mark" />;
  const [path = ""] = /^\/admin(\/[\w-]+)?/.exec(href) ?? [];
  return <SpriteIcon name={(screenIcons as Record<string, IconName>)[path] ?? "circle-user"} />;
}
