import type { Metadata } from "next";
import { AuditFilters } from "@/components/audit/audit-filters";
import { EventPanel } from "@/components/audit/event-panel";
import { ExportLinks } from "@/components/audit/export-links";
import { AddressNotes } from "@/components/list/address-notes";
import { PageHeader } from "@/components/shell/page-header";
import { ViewControls } from "@/components/views/view-controls";
import { ViewTabs } from "@/components/views/view-tabs";
import { auditList, auditPath, toPairs } from "@/lib/audit-log/filters";
import { listEvents, servedEvents } from "@/lib/audit-log/queries";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { decideByScope, noRelation } from "@/lib/authz/evaluate";
import { viewSentence } from "@/lib/authz/viewing";
import { type Params, withQuery } from "@/lib/lists/search-params";
import { openViews } from "@/lib/views/open";

export const metadata: Metadata = { title: "Audit log" };

type Props = { searchParams: Promise<Params> };

export default async function AuditPage({ searchParams }: Props) {
  const ctx = await requireOperation("audit.read");
  const zone = await currentZone();
  const opened = openViews(ctx, auditList, await searchParams);
  const { filters, fits, ignored } = servedEvents.ask(await opened.params, { zone });
  const [page, labels, views] = await Promise.all([
    listEvents(ctx, { filters, zone }),
    servedEvents.labels(ctx, filters),
    opened.views,
  ]);
  const mayExport = decideByScope(ctx.actor.access, "audit.export", noRelation).allowed;
  const { viewing } = ctx.actor;
  const readOnly = viewing ? viewSentence(viewing.name) : undefined;
  const asked = toPairs({ ...filters, saved: undefined });
  const file = (format: string) => withQuery(`${auditPath}/export`, [...asked, ["format", format]]);
  return (
    <>
      <PageHeader title="Audit log" actions={mayExport && <ExportLinks file={file} reason={readOnly} />} />
      <ViewTabs list={auditList} views={views} />
      <AuditFilters filters={filters} path={auditPath} labels={labels}>
        <ViewControls list={auditList} views={views} />
      </AuditFilters>
      <AddressNotes fits={fits} ignored={ignored} missing={views.missing} />
      <EventPanel
        page={page}
        filters={filters}
        path={auditPath}
        reading={{ zone, now: ctx.now(), opensLog: true }}
        nothingYet="Every change, sign-in, refusal and export is recorded here."
      />
    </>
  );
}
