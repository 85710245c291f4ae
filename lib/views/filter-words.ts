import { personValue } from "@/lib/audit/named";
import { servedEvents } from "@/lib/audit-log/queries";
import { servedAllClients } from "@/lib/clients/all";
import type { Ctx } from "@/lib/context";
import { servedCredentials } from "@/lib/credentials/list";
import { servedGroups } from "@/lib/groups/list";
import type { AnyList } from "@/lib/lists/declare-list";
import type { Choice } from "@/lib/lists/filters";
import { sortOf } from "@/lib/lists/search-params";
import { servedMails } from "@/lib/mail/queries";
import { servedResources } from "@/lib/resources/list";
import { servedAccounts } from "@/lib/service-accounts/list";
import { servedUsers } from "@/lib/users/list";
import { paramsOf } from "@/lib/views/lists";

const served = [
  ...[servedUsers, servedGroups, servedAllClients, servedAccounts],
  ...[servedCredentials, servedResources, servedEvents, servedMails],
] as const;

type Names = Record<string, Choice[] | undefined>;

/**
 * What a view keeps, as people read it: "Role: Quality Lead". Another person is in it by id, so that a purge leaves no
 * name behind in the log (U14); readers see the name if they may see the person.
 */
export async function filterWords(ctx: Ctx, list: AnyList, query: string): Promise<string[]> {
  const { filters } = list.read(paramsOf(query));
  const labels = served.find((one) => one.list.name === list.name)?.labels as
    | ((ctx: Ctx, filters: unknown) => Promise<Names>)
    | undefined;
  const names = (await labels?.(ctx, filters)) ?? {};
  return list.toPairs({ ...filters, saved: undefined }).map(([name, value]) => wordsOf(list, names, name, value));
}

function wordsOf(list: AnyList, names: Names, name: string, value: string): string {
  if (name === "q") return `Search: ${value}`;
  if (name === "view") return `View: ${list.views?.[value]?.label}`;
  if (name === "sort") {
    const { by, descending } = sortOf({ sort: value });
    return `Sort: ${list.sorts?.[by]} (${descending ? "descending" : "ascending"})`;
  }
  const filter = list.filters?.[name];
  if (!filter) return `${name}: ${value}`;
  return `${filter.label}: ${valueWords(filter, names[name] ?? [], value)}`;
}

function valueWords(filter: NonNullable<AnyList["filters"]>[string], names: Choice[], value: string): string {
  switch (filter.kind) {
    case "day":
      return value;
    case "link":
      return filter.nameOf(value);
    case "search":
      return filter.people ? (personValue(value) ?? value) : (names.find(({ id }) => id === value)?.label ?? "unknown");
    case "choices":
    case "switch":
      return (
        filter.choices.find(({ id }) => id === value)?.label ?? ("nameOf" in filter ? filter.nameOf(value) : value)
      );
  }
}
