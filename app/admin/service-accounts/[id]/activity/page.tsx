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
import type { Params } from "@/lib/lists/search-params";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";
import { accountOfPage, titleOfAccount } from "../account-of-page";

export const generateMetadata = ({ params }: Props) => titleOfAccount(params, "Activity");

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Params>;
};

export default async function ServiceAccountActivityPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("service_account.read");
  const { id } = await params;
  const account = await accountOfPage(ctx, id);
  if (!holdsBeyondSelf(ctx.actor.access, "audit.read")) {
    const readers = await auditReaders(ctx);
    return (
      <Panel>
        <Empty icon="lock" title={`You don't have permission to see the activity of ${account.name}.`}>
          People with the role {readers.join(" or ")} can.
        </Empty>
      </Panel>
    );
  }
  const zone = await currentZone();
  const { filters, fits, ignored } = servedEvents.ask(await searchParams, { zone }, { serviceAccount: account.id });
  const [page, labels] = await Promise.all([listEvents(ctx, { filters, zone }), servedEvents.labels(ctx, filters)]);
  const path = `${serviceAccountsPath}/${account.id}/activity`;
  const bare = { ...filters, serviceAccount: undefined };
  return (
    <>
      <AuditFilters filters={bare} path={path} labels={labels} />
      <AddressNotes fits={fits} ignored={ignored} />
      <EventPanel
        page={page}
        filters={bare}
        path={path}
        reading={{ zone, now: ctx.now(), opensLog: true }}
        nothingYet={`Changes to ${account.name}, and what it does, appear here.`}
      />
    </>
  );
}
