"use client";
import { useRouter } from "next/navigation";
import { Menu, MenuContent, MenuRadio, MenuRadioGroup, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { nextSort, type Pairs, sortOf, withQuery } from "@/lib/lists/search-params";
import { useListQuery } from "./use-list-query";

export interface SortMenuProps {
  /** By what the list can be sorted, the usual order first. */
  choices: { by: string; label: string }[];
  /** `name` or `-name`, as in the address. */
  sort: string;
  path: string;
  query: Pairs;
}

/** Every sort of a list, where its columns' heads do not show them: on phones, and for what has no column. */
export function SortMenu({ choices, sort, path, query }: SortMenuProps) {
  const router = useRouter();
  const change = useListQuery(query);
  const { by } = sortOf({ sort });
  const ways = by.endsWith("At") ? latest : letters;
  const name = `Sort: ${choices.find((choice) => choice.by === by)?.label}`;
  const go = (next: string) => {
    if (next === sort) return;
    const pairs = change({ sort: next === choices[0]?.by ? [] : [next] });
    router.push(withQuery(path, pairs), { scroll: false });
  };
  return (
    <Menu>
      <MenuTrigger variant="tool" aria-label={`${name}, ${ways.find(({ sign }) => `${sign}${by}` === sort)?.label}`}>
        <SpriteIcon name="arrow-up-down" />
        <span className="max-s:hidden">{name}</span>
      </MenuTrigger>
      <MenuContent align="start">
        <MenuRadioGroup
          aria-label="Sort by"
          value={by}
          onValueChange={(next) => next !== by && go(nextSort<string>({ sort }, next))}
        >
          {choices.map((choice) => (
            <MenuRadio key={choice.by} value={choice.by}>
              {choice.label}
            </MenuRadio>
          ))}
        </MenuRadioGroup>
        <MenuSeparator />
        <MenuRadioGroup aria-label="Order" value={sort} onValueChange={go}>
          {ways.map(({ sign, label }) => (
            <MenuRadio key={sign} value={`${sign}${by}`}>
              {label}
            </MenuRadio>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}

const letters = [
  { sign: "", label: "A to Z" },
  { sign: "-", label: "Z to A" },
];
const latest = [
  { sign: "-", label: "Latest first" },
  { sign: "", label: "Earliest first" },
];
