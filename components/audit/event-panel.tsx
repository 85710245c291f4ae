import type { ReactNode } from "react";
import { ListEmpty } from "@/components/list/list-empty";
import { Pager } from "@/components/list/pager";
import { LinkButton } from "@/components/ui/button";
import { type AuditFilters, hasAuditFilters, noAuditFilters, toHref } from "@/lib/audit-log/filters";
import type { EventPage } from "@/lib/audit-log/queries";
import { addDays, dayOf } from "@/lib/time/calendar";
import { EventList, type Reading } from "./event-list";

type EventPanelProps = {
  page: EventPage;
  filters: AuditFilters;
  path: string;
  reading: Reading;
  /** Shown while nothing has happened yet. */
  nothingYet: ReactNode;
};

/** One page of events in its frame, or why there is none. */
export function EventPanel({ page, filters, path, reading, nothingYet }: EventPanelProps) {
  const end = filters.to ?? dayOf(reading.now, reading.zone);
  const yearHref = toHref(filters, { from: addDays(end, -365) }, path);
  const beyond = filters.after !== undefined || filters.before !== undefined;
  return (
    <div className="rounded-lg border border-line bg-surface">
      {page.rows.length > 0 ? (
        <>
          <div data-list="">
            <EventList events={page.rows} reading={reading} />
          </div>
          <Pager
            page={page}
            href={(place) => toHref(filters, place, path)}
            note={page.recent && <RecentNote href={yearHref} />}
          />
        </>
      ) : hasAuditFilters(filters) || filters.q || beyond ? (
        <ListEmpty
          kind="nothing-found"
          title={filters.q ? `No event matches "${filters.q}".` : "No event matches these filters."}
          actions={<LinkButton href={toHref(noAuditFilters, {}, path)}>Clear filters</LinkButton>}
        >
          {page.recent ? (
            <RecentNote href={yearHref} />
          ) : filters.q ? (
            "Searched by people's names, values and addresses."
          ) : (
            "Filtered by actor, target, operation, outcome and time."
          )}
        </ListEmpty>
      ) : (
        <ListEmpty kind="nothing-yet" title="No events yet.">
          {nothingYet}
        </ListEmpty>
      )}
    </div>
  );
}

/** A search without a period looks at the newest events alone (L3). */
const RecentNote = ({ href }: { href: string }) => (
  <span>
    Searched the newest 30 days.{" "}
    <a href={href} className="link">
      Search 1 year
    </a>
  </span>
);
