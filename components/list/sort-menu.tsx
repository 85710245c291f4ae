"use client";
import { late } from "@/components/ui/late";
import { LateMenuButton } from "@/components/ui/late-menu-button";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { sortOf } from "@/lib/lists/search-params";
import { fetchToolMenus } from "./fetch-tool-menus";
import { type SortMenuProps, waysOf } from "./sort-ways";

const SortChoices = late(() => fetchToolMenus().then((module) => module.SortChoices));

/** Every sort of a list, where its columns' heads do not show them: on phones, and for what has no column. */
export function SortMenu(props: SortMenuProps) {
  const { choices, sort } = props;
  const { by } = sortOf({ sort });
  const name = `Sort: ${choices.find((choice) => choice.by === by)?.label}`;
  const way = waysOf(by).find(({ sign }) => `${sign}${by}` === sort)?.label;
  return (
    <LateMenuButton
      id="sort"
      variant="tool"
      aria-label={`${name}, ${way}`}
      fetchMenu={fetchToolMenus}
      menu={(pressed) => <SortChoices {...props} pressed={pressed} />}
    >
      <SpriteIcon name="arrow-up-down" />
      <span className="max-s:hidden">{name}</span>
    </LateMenuButton>
  );
}
