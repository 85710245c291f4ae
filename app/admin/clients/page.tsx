import type { Metadata } from "next";
import { AllClientList } from "@/components/clients/all-client-list";
import { AllClientSkeleton } from "@/components/clients/all-client-skeleton";
import { ConnectionLegend } from "@/components/clients/connection-legend";
import { NoClients } from "@/components/clients/no-clients";
import { AddressNotes } from "@/components/list/address-notes";
import { Arriving } from "@/components/list/arriving";
import type { Searches } from "@/components/list/filter-bar";
import { Found } from "@/components/list/found";
import { headsOf } from "@/components/list/heads-of";
import { ListTools } from "@/components/list/list-tools";
import { packed } from "@/components/list/packed";
import { PageHeader } from "@/components/shell/page-header";
import { ViewControls } from "@/components/views/view-controls";
import { ViewTabs } from "@/components/views/view-tabs";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { filterClientOwnerAction, filterClientVersionAction } from "@/lib/clients/actions";
import { askAllClients, countAllClients, labelFilters, listAllClients } from "@/lib/clients/all";
import { allClientList, allClientsHref, type AllClientFilters as Filters } from "@/lib/clients/all-filters";
import { newestVersion } from "@/lib/clients/newest-version";
import type { Ctx, Person } from "@/lib/context";
import { withoutHidden } from "@/lib/lists/columns";
import type { ColumnOf } from "@/lib/lists/declare-list";
import type { Params } from "@/lib/lists/search-params";
import { pickGroupAction } from "@/lib/users/actions";
import { openViews } from "@/lib/views/open";

export const metadata: Metadata = { title: "Clients" };

const searches: Searches<typeof allClientList> = {
  version: filterClientVersionAction,
  owner: filterClientOwnerAction,
  group: pickGroupAction,
};

type Props = { searchParams: Promise<Params> };

export default async function AllClientsPage({ searchParams }: Props) {
  const ctx = await requireOperation("client.read");
  const opened = openViews(ctx, allClientList, await searchParams);
  const { filters, fits, ignored } = askAllClients(await opened.params);
  const [shown, labels, views] = await Promise.all([
    currentColumns(allClientList),
    labelFilters(ctx, filters),
    opened.views,
  ]);
  return (
    <>
      <PageHeader title="Clients" />
      <ViewTabs list={allClientList} views={views} />
      <ListTools list={allClientList} filters={filters} shown={shown} labels={labels} searches={searches}>
        <ViewControls list={allClientList} views={views} />
      </ListTools>
      <AddressNotes fits={fits} ignored={ignored} missing={views.missing} />
      <Arriving fallback={<AllClientSkeleton />}>
        <FoundClients ctx={ctx} filters={filters} shown={shown} />
      </Arriving>
    </>
  );
}

type FoundClientsProps = { ctx: Ctx<Person>; filters: Filters; shown: ColumnOf<typeof allClientList>[] };

async function FoundClients({ ctx, filters, shown }: FoundClientsProps) {
  const [page, zone] = await Promise.all([listAllClients(ctx, filters), currentZone()]);
  return (
    <>
      <Found
        page={page}
        href={(place) => allClientsHref(filters, place)}
        none={async () => (
          <NoClients filters={filters} among={await countAllClients(ctx)} newest={await newestVersion(ctx)} />
        )}
      >
        <AllClientList
          label={allClientList.label}
          heads={headsOf(allClientList, shown, filters)}
          rows={packed(withoutHidden(allClientList, shown, page.rows))}
          zone={zone}
          now={ctx.now()}
        />
      </Found>
      {page.rows.length > 0 && <ConnectionLegend />}
    </>
  );
}
