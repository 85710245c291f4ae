"use client";
import { cn } from "./class-names";
import sprite from "./sprite.svg";

/** Names of Lucide's icons, all of which are in the sprite. */
const names = [
  "arrow-down",
  "arrow-up",
  "arrow-up-down",
  "book-open",
  "bot",
  "boxes",
  "chevron-left",
  "chevron-right",
  "chevrons-up-down",
  "circle-check",
  "circle-question-mark",
  "circle-user",
  "columns-3",
  "copy",
  "ellipsis",
  "eye",
  "house",
  "id-card",
  "key-round",
  "keyboard",
  "list-filter",
  "log-out",
  "mails",
  "menu",
  "monitor",
  "monitor-smartphone",
  "moon",
  "network",
  "package",
  "plus",
  "scroll-text",
  "search",
  "settings",
  "shield",
  "sun",
  "table",
  "users",
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
