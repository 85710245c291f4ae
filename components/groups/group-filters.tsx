"use client";
import { type BarField, FilterBar } from "@/components/list/filter-bar";
import type { FilterChoice } from "@/components/list/filter-choices";
import { answerOf } from "@/components/ui/answer-of";
import { filterOwnerQuestion, pickCarriedRoleQuestion } from "@/lib/groups/actions";
import type { Pairs } from "@/lib/lists/search-params";

type GroupFiltersProps = {
  labels: { owner: FilterChoice[]; role: FilterChoice[] };
  path: string;
  query: Pairs;
};

const searchOwners = (q: string) => answerOf(filterOwnerQuestion({ q }));
const searchRoles = (q: string) => answerOf(pickCarriedRoleQuestion({ q }));

export function GroupFilters({ labels, path, query }: GroupFiltersProps) {
  const fields: BarField[] = [
    { name: "owner", label: "Owner", chosen: labels.owner, search: searchOwners },
    { name: "role", label: "Role", chosen: labels.role, search: searchRoles },
  ];
  return <FilterBar fields={fields} path={path} query={query} />;
}
