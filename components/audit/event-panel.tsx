import type { ReactNode } from "react";
import { ListEmpty } from "@/components/list/list-empty";
import { Pager } from "@/components/list/pager";
import { LinkButton } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { type AuditFilters, hasAuditFilters, noAuditFilters, toHref } from "@/lib/audit/filters";
import type { EventPage } from "@/lib/audit/queries";
import type { Reading } from "./event-item";
import { EventList } from "./event-list";

type EventPanelProps = {
  page: EventPage;
  filters: AuditFilters;
  path: string;
  reading: Reading;
  /** What stands there while nothing has happened yet. */
  nothingYet: ReactNode;
};

/** One page of events in its frame, or why there is none. */
export function EventPanel({ page, filters, path, reading, nothingYet }: EventPanelProps) {
  const beyond = filters.after !== undefined || filters.before !== undefined;
  return (
    <div className="rounded-lg border border-line bg-surface">
      {page.rows.length > 0 ? (
        <>
          <EventList events={page.rows} reading={reading} />
          <Pager
            from={page.from}
            to={page.from + page.rows.length - 1}
            total={page.total.value}
            about={page.total.kind === "about"}
            over={page.total.kind === "over"}
            previousHref={page.previous ? toHref(filters, { before: page.previous }, path) : undefined}
            nextHref={page.next ? toHref(filters, { after: page.next }, path) : undefined}
          />
        </>
      ) : hasAuditFilters(filters) || beyond ? (
        <ListEmpty
          kind="nothing-found"
          title="No event matches these filters."
          actions={<LinkButton href={toHref(noAuditFilters, {}, path)}>Clear filters</LinkButton>}
        >
          Looked at person, operation, outcome, target and day.
        </ListEmpty>
      ) : (
        <ListEmpty kind="nothing-yet" title="Nothing has happened yet.">
          {nothingYet}
        </ListEmpty>
      )}
    </div>
  );
}

/** What of an address could not be used. */
export function AddressNotes({ fits, ignored }: { fits: boolean; ignored: string[] }) {
  return (
    <>
      {!fits && (
        <Note className="mb-3" role="status">
          The address named a place in a list with other filters. This is the first page.
        </Note>
      )}
      {ignored.length > 0 && (
        <Note className="mb-3" role="status">
          Not understood in the address, and left out: {ignored.join(", ")}.
        </Note>
      )}
    </>
  );
}
