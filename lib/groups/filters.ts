import { groupsPath } from "@/lib/groups/paths";
import { declareList, type FiltersOf, sortable } from "@/lib/lists/declare-list";
import { personFilter, searchFilter } from "@/lib/lists/filters";
import { uuid } from "@/lib/platform/uuid";

export const groupList = declareList({
  name: "groups",
  path: groupsPath,
  label: "Groups",
  search: "Name, description",
  sorts: { name: "Name", createdAt: "Created" },
  filters: {
    owner: personFilter("Owner"),
    role: searchFilter("Role", uuid()),
  },
  columns: { name: sortable, owner: "Owner", roles: "Roles", members: "Members", createdAt: sortable },
});

export type GroupFilters = FiltersOf<typeof groupList>;
export const { schema: groupFiltersSchema, read: readGroupFilters, toHref, toPairs, sortHref } = groupList;

/** The members of one group. */
export const memberList = declareList({
  name: "members",
  path: `${groupsPath}/[id]/members`,
  label: "Members",
  search: "Name, email or id",
  columns: {
    name: "Name",
    username: "User name",
    email: "Email",
    status: "Status",
    endsAt: "Until",
    actions: "Actions",
  },
});

export type MemberFilters = FiltersOf<typeof memberList>;

export const toMembersHref = (groupId: string, filters: Partial<MemberFilters> = {}, change?: Partial<MemberFilters>) =>
  memberList.toHref(filters, change, `${groupsPath}/${groupId}/members`);
