import { AuditFilters } from "@/components/audit/audit-filters";
import { EventPanel } from "@/components/audit/event-panel";
import { AddressNotes } from "@/components/list/address-notes";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { auditReaders } from "@/lib/audit-log/people";
import { listEvents, servedEvents } from "@/lib/audit-log/queries";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { groupsPath } from "@/lib/groups/paths";
import type { Params } from "@/lib/lists/search-params";
import { groupOfPage, titleOfGroup } from "../group-of-page";

export const generateMetadata = ({ params }: Props) => titleOfGroup(params, "Activity");

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Params>;
};

export default async function GroupActivityPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("group.read");
  const { id } = await params;
  const group = await groupOfPage(ctx, id);
  if (!holdsBeyondSelf(ctx.actor.access, "audit.read")) {
    const readers = await auditReaders(ctx);
    return (
      <Panel>
        <Empty icon="lock" title={`You don't have permission to see the activity of ${group.name}.`}>
          People with the role {readers.join(" or ")} can.
        </Empty>
      </Panel>
    );
  }
  const zone = await currentZone();
  const { filters, fits, ignored } = servedEvents.ask(await searchParams, { zone }, { target: group.id });
  const [page, labels] = await Promise.all([listEvents(ctx, { filters, zone }), servedEvents.labels(ctx, filters)]);
  const path = `${groupsPath}/${group.id}/activity`;
  const bare = { ...filters, target: undefined };
  return (
    <>
      <AuditFilters filters={bare} path={path} labels={labels} />
      <AddressNotes fits={fits} ignored={ignored} />
      <EventPanel
        page={page}
        filters={bare}
        path={path}
        reading={{ zone, now: ctx.now(), opensLog: true }}
        nothingYet={`Changes to ${group.name} and its members appear here.`}
      />
    </>
  );
}
