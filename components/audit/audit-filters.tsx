import type { BarField } from "@/components/list/filter-bar";
import type { FilterChoice } from "@/components/list/filter-choices";
import { type AuditFilters as Filters, operationChoices, outcomeChoices, toPairs } from "@/lib/audit-log/filters";
import { AuditFilterBar } from "./audit-filter-bar";
import { DateRange } from "./date-range";

type AuditFiltersProps = {
  filters: Filters;
  path: string;
  /** Names for the people in the address; without it the list is about one person and cannot be asked for others. */
  people?: FilterChoice[];
};

export function AuditFilters({ filters, path, people }: AuditFiltersProps) {
  const query = toPairs(filters);
  const target = filters.target ? [{ id: filters.target, label: `…${filters.target.slice(-4)}` }] : [];
  const chosen = <C extends FilterChoice>(choices: C[], ids: readonly string[]) =>
    choices.filter(({ id }) => ids.includes(id));
  const fields: BarField[] = [
    {
      name: "operation",
      label: "Operation",
      chosen: chosen(operationChoices, filters.operation),
      choices: operationChoices,
    },
    { name: "outcome", label: "Outcome", chosen: chosen(outcomeChoices, filters.outcome), choices: outcomeChoices },
    ...(target.length > 0 ? [{ name: "target", label: "Target", chosen: target, choices: target }] : []),
  ];
  return (
    <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
      <DateRange path={path} query={query} />
      <AuditFilterBar people={people} fields={fields} path={path} query={query} />
    </div>
  );
}
