import type { Metadata } from "next";
import { AddressNotes } from "@/components/list/address-notes";
import { Arriving } from "@/components/list/arriving";
import type { Searches } from "@/components/list/filter-bar";
import { Found } from "@/components/list/found";
import { headsOf } from "@/components/list/heads-of";
import { ListTools } from "@/components/list/list-tools";
import { packed } from "@/components/list/packed";
import { NoResources } from "@/components/resources/no-resources";
import { ResourceSkeleton } from "@/components/resources/resource-skeleton";
import { ResourceTable } from "@/components/resources/resource-table";
import { PageHeader } from "@/components/shell/page-header";
import { ViewControls } from "@/components/views/view-controls";
import { ViewTabs } from "@/components/views/view-tabs";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import type { Ctx, Person } from "@/lib/context";
import type { ColumnOf } from "@/lib/lists/declare-list";
import type { Params } from "@/lib/lists/search-params";
import { filterResourceOwnerAction, filterResourceTypeAction } from "@/lib/resources/actions";
import { type ResourceFilters as Filters, resourceList, resourcesHref } from "@/lib/resources/filters";
import { askResources, countResources, labelFilters, listResources } from "@/lib/resources/list";
import { openViews } from "@/lib/views/open";

export const metadata: Metadata = { title: "Resources" };

const searches: Searches<typeof resourceList> = {
  type: filterResourceTypeAction,
  owner: filterResourceOwnerAction,
};

type Props = { searchParams: Promise<Params> };

export default async function ResourcesPage({ searchParams }: Props) {
  const ctx = await requireOperation("resource.read");
  const opened = openViews(ctx, resourceList, await searchParams);
  const { filters, fits, ignored } = askResources(await opened.params);
  const [shown, labels, views] = await Promise.all([
    currentColumns(resourceList),
    labelFilters(ctx, filters),
    opened.views,
  ]);
  return (
    <>
      <PageHeader title="Resources" />
      <ViewTabs list={resourceList} views={views} />
      <ListTools list={resourceList} filters={filters} shown={shown} labels={labels} searches={searches}>
        <ViewControls list={resourceList} views={views} />
      </ListTools>
      <AddressNotes fits={fits} ignored={ignored} missing={views.missing} />
      <Arriving fallback={<ResourceSkeleton />}>
        <FoundResources ctx={ctx} filters={filters} shown={shown} />
      </Arriving>
    </>
  );
}

type FoundResourcesProps = { ctx: Ctx<Person>; filters: Filters; shown: ColumnOf<typeof resourceList>[] };

async function FoundResources({ ctx, filters, shown }: FoundResourcesProps) {
  const [page, zone] = await Promise.all([listResources(ctx, filters), currentZone()]);
  return (
    <Found
      page={page}
      href={(place) => resourcesHref(filters, place)}
      none={async () => <NoResources filters={filters} among={await countResources(ctx)} />}
    >
      <ResourceTable
        label={resourceList.label}
        rows={packed(page.rows)}
        heads={headsOf(resourceList, shown, filters)}
        zone={zone}
        now={ctx.now()}
      />
    </Found>
  );
}
