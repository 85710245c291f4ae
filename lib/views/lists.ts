import { auditList } from "@/lib/audit-log/filters";
import { allClientList } from "@/lib/clients/all-filters";
import { credentialList } from "@/lib/credentials/filters";
import { AppError } from "@/lib/errors";
import { groupList } from "@/lib/groups/filters";
import type { AnyList } from "@/lib/lists/declare-list";
import type { Params } from "@/lib/lists/search-params";
import { mailList } from "@/lib/mail/filters";
import { resourceList } from "@/lib/resources/filters";
import { serviceAccountList } from "@/lib/service-accounts/filters";
import { userList } from "@/lib/users/filters";

/** The lists of which views are saved: those of the console that have filters. */
export const viewedLists: readonly AnyList[] = [
  userList,
  groupList,
  allClientList,
  serviceAccountList,
  credentialList,
  resourceList,
  auditList,
  mailList,
];

/** Throws `invalid` for a list of which no views are saved. */
export function viewedList(name: string): AnyList {
  const list = viewedLists.find((one) => one.name === name);
  if (!list) throw new AppError("invalid", "This list does not exist.");
  return list;
}

/** A query as pages are given it. */
export function paramsOf(query: string): Params {
  const given = new URLSearchParams(query);
  return Object.fromEntries([...given.keys()].map((name) => [name, given.getAll(name)]));
}

/** The filters and the sort in a query, in one spelling: without a place, a saved view, and what the list does not know. */
export function stateIn(list: AnyList, params: Params): string {
  const pairs = list.toPairs({ ...list.read(params).filters, saved: undefined });
  return new URLSearchParams(pairs.toSorted(([a, one], [b, other]) => order(a, b) || order(one, other))).toString();
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
