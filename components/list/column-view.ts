import { type ColumnChoices, columnChoices } from "@/lib/lists/columns";
import type { ColumnOf } from "@/lib/lists/declare-list";
import { type Headed, type Heads, headsOf } from "./heads-of";

/** The columns of a list as a board in the browser needs them, which does not have the declaration and the schema of its address. */
export type ColumnView<L extends Headed> = { heads: Heads<L>; columns: ColumnChoices };

export const columnView = <L extends Headed>(list: L, shown: ColumnOf<L>[]): ColumnView<L> => ({
  heads: headsOf(list, shown),
  columns: columnChoices(list, shown),
});
