"use client";
import { type BarField, FilterBar } from "@/components/list/filter-bar";
import { answerOf } from "@/components/ui/answer-of";
import type { Pairs } from "@/lib/lists/search-params";
import {
  filterConfigurationQuestion,
  filterManagerQuestion,
  pickGroupQuestion,
  pickRoleQuestion,
} from "@/lib/users/actions";
import type { FilterLabels } from "@/lib/users/list/labels";

const searches = {
  role: (q: string) => answerOf(pickRoleQuestion({ q })),
  group: (q: string) => answerOf(pickGroupQuestion({ q })),
  configuration: (q: string) => answerOf(filterConfigurationQuestion({ q })),
  manager: (q: string) => answerOf(filterManagerQuestion({ q })),
};

const statuses = ["active", "disabled", "invited", "locked"].map((id) => ({ id, label: id }));
const dormancies = [
  { id: "never", label: "never" },
  ...[30, 90, 180, 365].map((days) => ({ id: String(days), label: `more than ${days} days ago` })),
];

type UserFiltersProps = {
  labels: FilterLabels;
  status: string[];
  dormant: string[];
  archived: boolean;
  path: string;
  query: Pairs;
};

export function UserFilters({ labels, status, dormant, archived, path, query }: UserFiltersProps) {
  const fields: BarField[] = [
    { name: "status", label: "Status", chosen: statuses.filter(({ id }) => status.includes(id)), choices: statuses },
    { name: "role", label: "Role", chosen: labels.role, search: searches.role },
    { name: "group", label: "Group", chosen: labels.group, search: searches.group },
    {
      name: "configuration",
      label: "Configuration",
      chosen: labels.configuration,
      search: searches.configuration,
    },
    { name: "manager", label: "Manager", chosen: labels.manager, search: searches.manager },
    { name: "dormant", label: "Last sign-in", chosen: dormant.map(dormancyOf), choices: dormancies },
  ];
  return <FilterBar fields={archived ? fields.slice(1) : fields} path={path} query={query} />;
}

const dormancyOf = (id: string) =>
  dormancies.find((choice) => choice.id === id) ?? { id, label: `more than ${id} days ago` };
