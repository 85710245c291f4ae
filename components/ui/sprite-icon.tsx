"use client";
import { cn } from "./class-names";
import sprite from "./sprite.svg";

/** Names of Lucide's icons, all of which are in the sprite. */
const names = [
  "activity",
  "archive",
  "archive-arrow-up",
  "arrow-down",
  "arrow-up",
  "arrow-up-down",
  "ban",
  "book-open",
  "bot",
  "boxes",
  "calendar-clock",
  "check",
  "chevron-down",
  "chevron-left",
  "chevron-right",
  "chevrons-up-down",
  "circle",
  "circle-check",
  "circle-dashed",
  "circle-pause",
  "circle-question-mark",
  "circle-stop",
  "circle-user",
  "clock",
  "columns-3",
  "copy",
  "download",
  "ellipsis",
  "external-link",
  "eye",
  "flag",
  "flask-conical",
  "house",
  "id-card",
  "inbox",
  "key-round",
  "keyboard",
  "link",
  "list-filter",
  "loader-circle",
  "lock",
  "lock-open",
  "log-in",
  "log-out",
  "mail",
  "mails",
  "menu",
  "monitor",
  "monitor-smartphone",
  "moon",
  "network",
  "package",
  "pencil",
  "plug-zap",
  "plus",
  "refresh-cw",
  "scroll-text",
  "search",
  "send",
  "settings",
  "shield",
  "shield-check",
  "shield-off",
  "sun",
  "table",
  "ticket",
  "trash",
  "triangle-exclamation-point",
  "undo-2",
  "unplug",
  "upload",
  "user",
  "user-minus",
  "user-plus",
  "user-round",
  "users",
  "users-round",
  "x",
] as const;

export type IconName = (typeof names)[number];

/** For the test: a page needs no list of them. */
export const spriteIcons = (): readonly IconName[] => names;

/**
 * An icon of what every page or list shows. Its lines are in a file of their own, fetched once, and not in each page that
 * shows it, or in its scripts.
 */
export function SpriteIcon({ name, className }: { name: IconName; className?: string | undefined }) {
  return (
    <svg aria-hidden className={className ? cn("lucide", className) : "lucide"}>
      <use href={`${sprite.src}#${name}`} />
    </svg>
  );
}
