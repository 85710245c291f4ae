"use client";
import { late } from "@/components/ui/late";
import { LateMenuButton } from "@/components/ui/late-menu-button";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { type Pairs, sortOf } from "@/lib/lists/search-params";
import { fetchToolMenus } from "./fetch-tool-menus";

const SortChoices = late(() => fetchToolMenus().then((module) => module.SortChoices));

export interface SortMenuProps {
  /** By what the list can be sorted, the usual order first. */
  choices: { by: string; label: string }[];
  /** `name` or `-name`, as in the address. */
  sort: string;
  path: string;
  query: Pairs;
}

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

/** Both orders of a sort, its own first. */
export const waysOf = (by: string) => (by.endsWith("At") ? latest : letters);

const letters = [
  { sign: "", label: "A to Z" },
  { sign: "-", label: "Z to A" },
];
const latest = [
  { sign: "-", label: "Latest first" },
  { sign: "", label: "Earliest first" },
];
