import { chooseColumnsSchema } from "@/lib/account/columns-schema";
import { accountOperations } from "@/lib/account/operations";
import { AppError } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { lockOwnAccount } from "@/lib/people/own-account";
import type { UserRow } from "@/lib/people/scoped";
import { saveUser } from "@/lib/people/store";

/** So many lists are kept for one person; there are fewer. */
const mostLists = 40;

const traceOf = ({ listColumns }: Pick<UserRow, "listColumns">, list: string) => ({
  [`Columns of ${list}`]: listColumns?.[list] ?? null,
});

/** Sets which columns of one list one sees, everywhere one is signed in (B5). */
export const chooseColumns = command(accountOperations["account.update"], {
  key: "account.choose_columns",
  for: "person",
  input: chooseColumnsSchema,
  target: ({ ctx, tx }, { list }) => lockOwnAccount(ctx, tx, (record) => traceOf(record, list)),
  already: ({ listColumns }, { list, columns }) =>
    JSON.stringify(listColumns?.[list] ?? null) === JSON.stringify(columns) ? { value: undefined } : null,
  check: (_, { listColumns }, { list, columns }) => {
    const others = Object.keys(listColumns ?? {}).filter((name) => name !== list);
    if (columns && others.length >= mostLists) throw new AppError("invalid", "This list does not exist.");
  },
  change: async ({ tx }, before, { list, columns }) => {
    const { [list]: _, ...others } = before.listColumns ?? {};
    const chosen = columns ? { ...others, [list]: columns } : others;
    await saveUser(tx, before, { listColumns: Object.keys(chosen).length > 0 ? chosen : null });
    return { value: undefined, after: traceOf({ listColumns: chosen }, list) };
  },
});
