import { z } from "zod";
import { addressOf, cursors, repeated, searched, sorted } from "@/lib/lists/read-search-params";
import { nextSort } from "@/lib/lists/search-params";
import { uuid } from "@/lib/uuid";

/** The address of the group list as one schema: page, heads, tokens and query read and write it here. */
export const groupSorts = ["name", "createdAt"] as const;
export type GroupSort = (typeof groupSorts)[number];

export const groupFiltersSchema = z.object({
  q: searched,
  sort: sorted(groupSorts).default("name"),
  owner: repeated(uuid()),
  role: repeated(uuid()),
  ...cursors,
});

export type GroupFilters = z.output<typeof groupFiltersSchema>;

export const groupsPath = "/admin/groups";

export const { read: readGroupFilters, toPairs, toHref } = addressOf(groupsPath, groupFiltersSchema);

export const hasFilters = ({ owner, role }: GroupFilters) => owner.length + role.length > 0;

/** Where a column's head leads: sorted by it, or the other way round when it already is. */
export const sortHref = (filters: GroupFilters, by: GroupSort) => toHref(filters, { sort: nextSort(filters, by) });

const sortLabels: Record<GroupSort, string> = { name: "Name", createdAt: "Created" };

export const sortChoices = groupSorts.map((by) => ({ by, label: sortLabels[by] }));

/** The members of one group: a search and a place in the list. */
export const memberFiltersSchema = z.object({ q: searched, ...cursors });
export type MemberFilters = z.output<typeof memberFiltersSchema>;

const members = addressOf(groupsPath, memberFiltersSchema);
export const readMemberFilters = members.read;

export const toMembersHref = (groupId: string, filters: Partial<MemberFilters> = {}, change?: Partial<MemberFilters>) =>
  members.toHref(filters, change, `${groupsPath}/${groupId}/members`);
