import type { ReactNode } from "react";
import { auditList, type AuditFilters as Filters } from "@/lib/audit-log/filters";
import { filterFields, type Labels } from "@/lib/lists/filter-fields";
import { AuditFilterBar } from "./audit-filter-bar";
import { DateRange } from "./date-range";
import { PeriodLinks } from "./period-links";
import { SignInsSwitch } from "./sign-ins-switch";

type AuditFiltersProps = {
  filters: Filters;
  path: string;
  /** Names for the people in the address; without it the list is about one person and cannot be asked for others. */
  labels?: Labels<typeof auditList>;
  children?: ReactNode;
};

export function AuditFilters({ filters, path, labels, children }: AuditFiltersProps) {
  const query = auditList.toPairs(filters);
  const fields = filterFields(auditList, filters, labels ?? {}, except(filters, labels !== undefined));
  return (
    <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
      <PeriodLinks path={path} query={query} />
      <DateRange path={path} query={query} />
      <SignInsSwitch path={path} query={query} />
      <AuditFilterBar fields={fields} path={path} query={query} />
      {children}
    </div>
  );
}

/** "Person" asks for either of actor and target: it is shown where a link has chosen it, and not offered. */
function except({ person }: Filters, named: boolean): string[] {
  if (!named) return ["actor", "about", "person"];
  return person.length > 0 ? [] : ["person"];
}
