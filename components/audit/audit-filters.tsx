"use client";
import { type BarField, FilterBar } from "@/components/list/filter-bar";
import type { FilterChoice } from "@/components/list/filter-choices";
import { pickAuditedPersonQuestion } from "@/lib/audit/actions";
import { type AuditFilters as Filters, operationChoices, outcomeChoices, toPairs } from "@/lib/audit/filters";
import { DateRange } from "./date-range";

type AuditFiltersProps = {
  filters: Filters;
  path: string;
  /** Names for the people in the address; without it the list is about one person, and cannot be asked for others. */
  people?: FilterChoice[];
};

const searchPeople = (q: string) => pickAuditedPersonQuestion({ q });

export function AuditFilters({ filters, path, people }: AuditFiltersProps) {
  const query = toPairs(people ? filters : { ...filters, person: [] });
  const target = filters.target ? [{ id: filters.target, label: `…${filters.target.slice(-4)}` }] : [];
  const fields: BarField[] = [
    ...(people ? [{ name: "person", label: "Person", chosen: people, search: searchPeople }] : []),
    {
      name: "operation",
      label: "Operation",
      chosen: operationChoices.filter(({ id }) => filters.operation.includes(id)),
      choices: operationChoices,
    },
    {
      name: "outcome",
      label: "Outcome",
      chosen: outcomeChoices.filter(({ id }) => filters.outcome.includes(id)),
      choices: outcomeChoices,
    },
    ...(target.length > 0 ? [{ name: "target", label: "Target", chosen: target, choices: target }] : []),
  ];
  return (
    <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
      <DateRange path={path} query={query} />
      <FilterBar fields={fields} path={path} query={query} />
    </div>
  );
}
