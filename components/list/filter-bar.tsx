"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type MouseEvent, startTransition, useMemo, useState } from "react";
import { answerOf } from "@/components/ui/answer-of";
import { LinkButton } from "@/components/ui/button";
import { clickedLink } from "@/components/ui/clicked-link";
import { late, orMissing } from "@/components/ui/late";
import { LateMenuButton } from "@/components/ui/late-menu-button";
import { tellMissing } from "@/components/ui/missing";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { waitFor } from "@/components/ui/waiting";
import type { ActionResult } from "@/lib/http/action";
import type { AnyList, SearchFilterOf } from "@/lib/lists/declare-list";
import type { ShownFilter } from "@/lib/lists/filter-fields";
import type { Choice } from "@/lib/lists/filters";
import { asEdited, type Pairs, withQuery } from "@/lib/lists/search-params";
import { fetchToolMenus } from "./fetch-tool-menus";
import { SearchBox } from "./search-box";
import { useListQuery } from "./use-list-query";

/** Its script comes with the page where a filter is set, and else with the first that is added. */
const FilterField = dynamic(() => orMissing(import("./filter-field").then((module) => module.FilterField)));

const FilterNames = late(() => fetchToolMenus().then((module) => module.FilterNames));

/** Whether a value can be added. */
const hasMore = ({ choices, chosen }: ShownFilter) => !choices || choices.length > chosen.length;

type Search = (input: { q: string }) => Promise<ActionResult<Choice[]>>;

/** The action that searches, for each filter whose choices only the server knows. */
export type Searches<L extends AnyList> = Record<SearchFilterOf<L>, Search>;

export interface FilterBarProps {
  fields: ShownFilter[];
  /** By the name of the filter. */
  searches?: Record<string, Search> | undefined;
  /** The list's address without a query, and the query that stays, without a cursor. */
  path: string;
  query: Pairs;
  /** The value of the list's search, and what it searches; without, it has none. */
  search?: { value: string; placeholder: string; className?: string } | undefined;
}

/** The search, in which filters can be typed, tokens of those in the address, each editable and removable, and "Add filter" for the others. */
export function FilterBar({ fields, searches: actions, path, query, search }: FilterBarProps) {
  const searches = useMemo(() => {
    const asked = Object.entries(actions ?? {});
    return Object.fromEntries(asked.map(([name, action]) => [name, (q: string) => answerOf(action({ q }))]));
  }, [actions]);
  const [added, setAdded] = useState<string | null>(null);
  const add = (name: string) =>
    waitFor(import("./filter-field")).then(() => startTransition(() => setAdded(name)), tellMissing);
  const shown = fields.filter(({ name, chosen }) => chosen.length > 0 || name === added);
  const others = fields.filter((field) => !shown.includes(field));
  const router = useRouter();
  const change = useListQuery(query);
  /** A link that takes filters away. What else is asked for at that moment, such as a search on its way, stays. */
  const without = (names: string[]) => ({
    href: withQuery(path, asEdited(query.filter(([name]) => !names.includes(name)))),
    onClick: (event: MouseEvent) => {
      if (!clickedLink(event.nativeEvent)) return;
      event.preventDefault();
      router.push(withQuery(path, change(Object.fromEntries(names.map((name) => [name, []])))), { scroll: false });
    },
  });
  return (
    <>
      {search && (
        <SearchBox
          {...search}
          action={path}
          keep={query.filter(([name]) => name !== "q")}
          {...(fields.length > 0 && { typed: { fields: fields.filter(hasMore), searches } })}
        />
      )}
      <div
        className={
          shown.length > 0
            ? "strip contents items-center gap-2 max-s:order-last max-s:flex max-s:min-w-0 max-s:flex-[1_0_calc(100%-52px)] max-s:has-[~[data-view-tools]]:mr-0! max-s:has-[~[data-view-tools]]:pr-0!"
            : "contents"
        }
      >
        {shown.map(({ name, ...field }) => (
          <FilterField
            key={name}
            {...field}
            search={searches[name]}
            change={(ids) => withQuery(path, change({ [name]: ids }))}
            removal={without([name])}
            startOpen={name === added}
            onClose={() => setAdded((current) => (current === name ? null : current))}
          />
        ))}
        {fields.some(({ chosen }) => chosen.length > 0) && (
          <LinkButton variant="quiet" {...without(fields.map(({ name }) => name))} data-keeps-scroll="">
            Clear filters
          </LinkButton>
        )}
      </div>
      {others.length > 0 && (
        <LateMenuButton
          id="filters"
          variant="tool"
          fetchMenu={fetchToolMenus}
          menu={(pressed) => <FilterNames pressed={pressed} fields={others} add={add} added={added !== null} />}
        >
          <SpriteIcon name="plus" className="max-s:hidden" />
          <SpriteIcon name="list-filter" className="s:hidden" />
          <span className="max-s:sr-only">Add filter</span>
        </LateMenuButton>
      )}
    </>
  );
}
