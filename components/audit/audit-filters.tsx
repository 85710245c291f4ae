import { auditList, type AuditFilters as Filters } from "@/lib/audit-log/filters";
import { filterFields, type Labels } from "@/lib/lists/filter-fields";
import { AuditFilterBar } from "./audit-filter-bar";
import { DateRange } from "./date-range";

type AuditFiltersProps = {
  filters: Filters;
  path: string;
  /** Names for the people in the address; without it the list is about one person and cannot be asked for others. */
  labels?: Labels<typeof auditList>;
};

export function AuditFilters({ filters, path, labels }: AuditFiltersProps) {
  const query = auditList.toPairs(filters);
  const fields = filterFields(auditList, filters, labels ?? {}, labels ? [] : ["person"]);
  return (
    <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
      <DateRange path={path} query={query} />
      <AuditFilterBar fields={fields} path={path} query={query} />
    </div>
  );
}
