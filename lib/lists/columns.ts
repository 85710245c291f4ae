import type { ColumnOf, Declaration } from "@/lib/lists/declare-list";

/** Which columns somebody has chosen for a list, by its name. */
export type ChosenColumns = Readonly<Record<string, readonly string[]>> | null;

/** The columns that can be left out: not the first, which names the row, nor what can be done with it, nor what is in another cell. */
export const choosableColumns = <L extends Declaration>({ columns, shownIn = {} }: L): ColumnOf<L>[] =>
  keysOf<L>(columns).filter((key, place) => place > 0 && key !== "actions" && !(key in shownIn));

/** Those of them that are shown until somebody chooses. */
export const usualColumns = <L extends Declaration>(list: L): ColumnOf<L>[] =>
  choosableColumns(list).filter((key) => !list.off?.includes(key));

/** The columns of a list as somebody has chosen them, in their order. What the list does not have is passed over. */
export function shownColumns<L extends Declaration>(list: L, chosen: ChosenColumns): ColumnOf<L>[] {
  const choosable = choosableColumns(list);
  const wanted: readonly string[] = chosen?.[list.name] ?? usualColumns(list);
  return keysOf<L>(list.columns).filter((key) => !choosable.includes(key) || wanted.includes(key));
}

export type ColumnChoices = { list: string; choices: { key: string; label: string; on: boolean; usual: boolean }[] };

/** What the "Columns" of a list offers. */
export const columnChoices = <L extends Declaration>(list: L, shown: readonly string[]): ColumnChoices => ({
  list: list.name,
  choices: choosableColumns(list).map((key) => ({
    key,
    label: labelOf(list, key),
    on: shown.includes(key),
    usual: !list.off?.includes(key),
  })),
});

const labelOf = ({ columns, sorts }: Declaration, key: string): string => {
  const label = columns[key];
  return typeof label === "string" ? label : (sorts?.[key] ?? "");
};

/** Rows as they travel to a list: without what only columns show that are left out, where both have the same name. */
export function withoutHidden<L extends Declaration, Row extends object>(
  list: L,
  shown: readonly string[],
  rows: Row[],
): Row[] {
  const hidden = Object.keys(list.columns).filter((key) => !shown.includes(key));
  if (hidden.length === 0) return rows;
  const absent = Object.fromEntries(hidden.map((name) => [name, undefined]));
  return rows.map((row) => ({ ...row, ...absent }));
}

const keysOf = <L extends Declaration>(columns: L["columns"]) => Object.keys(columns) as ColumnOf<L>[];
