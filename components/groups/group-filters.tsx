"use client";
import { type BarField, FilterBar } from "@/components/list/filter-bar";
import type { FilterChoice } from "@/components/list/filter-choices";
import { SortMenu } from "@/components/list/sort-menu";
import { answerOf } from "@/components/ui/answer-of";
import { filterOwnerQuestion, pickCarriedRoleQuestion } from "@/lib/groups/actions";
import { type GroupSort, groupSorts, groupsPath } from "@/lib/groups/filters";

type GroupFiltersProps = {
  labels: { owner: FilterChoice[]; role: FilterChoice[] };
  sort: string;
  query: [name: string, value: string][];
};

const searchOwners = (q: string) => answerOf(filterOwnerQuestion({ q }));
const searchRoles = (q: string) => answerOf(pickCarriedRoleQuestion({ q }));

const sortLabels: Record<GroupSort, string> = { name: "Name", createdAt: "Created" };
const sorts = groupSorts.map((by) => ({ by, label: sortLabels[by] }));

export function GroupFilters({ labels, sort, query }: GroupFiltersProps) {
  const fields: BarField[] = [
    { name: "owner", label: "Owner", chosen: labels.owner, search: searchOwners },
    { name: "role", label: "Role", chosen: labels.role, search: searchRoles },
  ];
  return (
    <>
      <FilterBar fields={fields} path={groupsPath} query={query} />
      <SortMenu choices={sorts} sort={sort} path={groupsPath} query={query} />
    </>
  );
}
