import { notFound } from "next/navigation";
import { AuditFilters } from "@/components/audit/audit-filters";
import { EventPanel } from "@/components/audit/event-panel";
import { AddressNotes } from "@/components/list/address-notes";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { findActivity } from "@/lib/audit-log/activity";
import { auditReaders } from "@/lib/audit-log/people";
import { servedEvents } from "@/lib/audit-log/queries";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Params } from "@/lib/lists/search-params";
import { titleOfUser } from "../user-of-page";

export const generateMetadata = ({ params }: Props) => titleOfUser(params, "Activity");

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Params>;
};

export default async function UserActivityPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("user.read");
  const { id } = await params;
  const zone = await currentZone();
  const { filters, fits, ignored } = servedEvents.ask(
    await searchParams,
    { zone },
    { person: [id.toLowerCase()], actor: [], about: [] },
  );
  const activity = await findActivity(ctx, id, { filters, zone });
  if (!activity) notFound();
  const { person, page } = activity;
  if (!page) {
    const readers = await auditReaders(ctx);
    return (
      <Panel>
        <Empty icon="lock" title={`You don't have permission to see the activity of ${person.name}.`}>
          People with the role {readers.join(" or ")} can.
        </Empty>
      </Panel>
    );
  }
  const path = `/admin/users/${id}/activity`;
  const bare = { ...filters, person: [] };
  const opensLog = holdsBeyondSelf(ctx.actor.access, "audit.read");
  return (
    <>
      <AuditFilters filters={bare} path={path} />
      <AddressNotes fits={fits} ignored={ignored} />
      <EventPanel
        page={page}
        filters={bare}
        path={path}
        reading={{ zone, now: ctx.now(), about: person.id, opensLog }}
        nothingYet={`Actions by ${person.name} and changes to this account appear here.`}
      />
    </>
  );
}
