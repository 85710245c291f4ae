"use client";
import { useRouter } from "next/navigation";
import { useRowMenu } from "@/components/list/use-row-menu";
import type { PressedButton } from "@/components/ui/fetch-menus";
import { MenuItem, MenuRadio, MenuRadioGroup, MenuSeparator, OpenMenu } from "@/components/ui/menu";
import type { ShownFilter } from "@/lib/lists/filter-fields";
import { nextSort, sortOf, withQuery } from "@/lib/lists/search-params";
import { type SortMenuProps, waysOf } from "./sort-ways";
import { useListQuery } from "./use-list-query";

/** The menus above a list, fetched together for the first of them that is used. */

type FilterNamesProps = {
  pressed: PressedButton;
  fields: ShownFilter[];
  add: (name: string) => void;
  /** A filter was added, and has the focus. */
  added: boolean;
};

/** "Add filter". */
export function FilterNames({ pressed, fields, add, added }: FilterNamesProps) {
  const menu = useRowMenu(pressed, () => {});
  return (
    <OpenMenu menu={menu} align="start" onCloseAutoFocus={(event) => added && event.preventDefault()}>
      {fields.map(({ name, label }) => (
        <MenuItem key={name} onSelect={() => add(name)}>
          {label}
        </MenuItem>
      ))}
    </OpenMenu>
  );
}

/** By what a list is sorted, and which way. */
export function SortChoices({ pressed, choices, sort, path, query }: SortMenuProps & { pressed: PressedButton }) {
  const router = useRouter();
  const change = useListQuery(query);
  const menu = useRowMenu(pressed, () => {});
  const { by } = sortOf({ sort });
  const go = (next: string) => {
    if (next === sort) return;
    const pairs = change({ sort: next === choices[0]?.by ? [] : [next] });
    router.push(withQuery(path, pairs), { scroll: false });
  };
  return (
    <OpenMenu menu={menu} align="start">
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
        {waysOf(by).map(({ sign, label }) => (
          <MenuRadio key={sign} value={`${sign}${by}`}>
            {label}
          </MenuRadio>
        ))}
      </MenuRadioGroup>
    </OpenMenu>
  );
}
