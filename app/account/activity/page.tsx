import type { Metadata } from "next";
import { AuditFilters } from "@/components/audit/audit-filters";
import { EventPanel } from "@/components/audit/event-panel";
import { AddressNotes } from "@/components/list/address-notes";
import { listOwnEvents, servedEvents } from "@/lib/audit-log/queries";
import { requireOwnAccount } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Params } from "@/lib/lists/search-params";

export const metadata: Metadata = { title: "Activity" };

type Props = { searchParams: Promise<Params> };

export default async function OwnActivityPage({ searchParams }: Props) {
  const ctx = await requireOwnAccount();
  const zone = await currentZone();
  const { filters, fits, ignored } = servedEvents.ask(
    await searchParams,
    { zone },
    { person: [], actor: [], about: [] },
  );
  return (
    <>
      <AuditFilters filters={filters} path="/account/activity" />
      <AddressNotes fits={fits} ignored={ignored} />
      <EventPanel
        page={await listOwnEvents(ctx, { filters, zone })}
        filters={filters}
        path="/account/activity"
        reading={{
          zone,
          now: ctx.now(),
          about: ctx.actor.id,
          opensLog: holdsBeyondSelf(ctx.actor.access, "audit.read"),
        }}
        nothingYet="Changes to your account appear here, by you and by others."
      />
    </>
  );
}
