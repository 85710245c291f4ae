import type { AnyList, FiltersOf, SearchFilterOf } from "@/lib/lists/declare-list";
import type { Choice } from "@/lib/lists/filters";

/** One filter as a bar of filters shows it. Without `choices` they are searched on the server. */
export type ShownFilter = { name: string; label: string; chosen: Choice[]; choices?: readonly Choice[] };

/** What the chosen values are called of the filters whose choices only the server knows. */
export type Labels<L extends AnyList> = Record<SearchFilterOf<L>, Choice[]>;

/** The filters that a bar offers, in the order of the declaration. `except`: filters that the page itself sets. */
export function filterFields<L extends AnyList>(
  list: L,
  filters: FiltersOf<L>,
  labels: Partial<Labels<L>>,
  except: readonly string[] = [],
): ShownFilter[] {
  const state: Record<string, unknown> = filters;
  const found: Record<string, Choice[] | undefined> = labels;
  const left = [...except, ...(list.views?.[String(state.view)]?.without ?? [])];
  return Object.entries(list.filters ?? {}).flatMap(([name, filter]): ShownFilter[] => {
    if (left.includes(name) || filter.kind === "day" || filter.kind === "switch") return [];
    const { label, kind } = filter;
    if (kind === "search") return [{ name, label, chosen: found[name] ?? [] }];
    const ids = [state[name] ?? []].flat().map(String);
    if (kind === "link") {
      const chosen = ids.map((id) => ({ id, label: filter.nameOf(id) }));
      return chosen.length > 0 ? [{ name, label, chosen, choices: chosen }] : [];
    }
    const { choices, nameOf } = filter;
    const others = ids.filter((id) => !choices.some((choice) => choice.id === id));
    const known = choices.filter(({ id }) => ids.includes(id));
    return [{ name, label, chosen: [...known, ...others.map((id) => ({ id, label: nameOf(id) }))], choices }];
  });
}
