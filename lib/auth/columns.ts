import { currentSession } from "@/lib/auth/current";
import { shownColumns } from "@/lib/lists/columns";
import type { ColumnOf, Declaration } from "@/lib/lists/declare-list";

/** The columns of a list that the signed-in person sees. */
export const currentColumns = async <L extends Declaration>(list: L): Promise<ColumnOf<L>[]> =>
  shownColumns(list, (await currentSession())?.user.listColumns ?? null);
