import type { ReactNode } from "react";
import type { Searches } from "@/components/list/filter-bar";
import { pickAuditedPersonAction as people } from "@/lib/audit-log/actions";
import { auditList, type AuditFilters as Filters } from "@/lib/audit-log/filters";
import { filterFields, type Labels } from "@/lib/lists/filter-fields";
import { AuditTools } from "./audit-tools";

type AuditFiltersProps = {
  filters: Filters;
  path: string;
  /** Names for the people in the address; without it the list is about one person and cannot be asked for others. */
  labels?: Labels<typeof auditList>;
  children?: ReactNode;
};

const searches: Searches<typeof auditList> = { actor: people, about: people, person: people };

export function AuditFilters({ filters, path, labels, children }: AuditFiltersProps) {
  const query = auditList.toPairs(filters);
  const fields = filterFields(auditList, filters, labels ?? {}, except(filters, labels !== undefined));
  return (
    <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
      <AuditTools
        periods={auditList.filters.last.choices}
        fields={fields}
        searches={searches}
        path={path}
        query={query}
        search={{ value: filters.q, placeholder: auditList.search, className: "w-56!" }}
      />
      {children}
    </div>
  );
}

/** "Person" asks for either of actor and target: it is shown where a link has chosen it, and not offered. */
function except({ person }: Filters, named: boolean): string[] {
  if (!named) return ["actor", "about", "person"];
  return person.length > 0 ? [] : ["person"];
}
