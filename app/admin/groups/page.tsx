import type { Metadata } from "next";
import { GroupList } from "@/components/groups/group-list";
import { GroupSkeleton } from "@/components/groups/group-skeleton";
import { NoGroups } from "@/components/groups/no-groups";
import { AddressNotes } from "@/components/list/address-notes";
import { Arriving } from "@/components/list/arriving";
import { CreateLink } from "@/components/list/create-link";
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
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Ctx, Person } from "@/lib/context";
import { filterOwnerAction, pickCarriedRoleAction } from "@/lib/groups/actions";
import { type GroupFilters as Filters, groupList, toHref } from "@/lib/groups/filters";
import { askGroups, countGroups, labelFilters, listGroups, shownGroup } from "@/lib/groups/list";
import { groupsPath } from "@/lib/groups/paths";
import { withoutHidden } from "@/lib/lists/columns";
import type { ColumnOf } from "@/lib/lists/declare-list";
import type { Params } from "@/lib/lists/search-params";
import { isScoped } from "@/lib/memberships/scoped";
import { openViews } from "@/lib/views/open";

export const metadata: Metadata = { title: "Groups" };

const searches: Searches<typeof groupList> = {
  owner: filterOwnerAction,
  role: pickCarriedRoleAction,
};

type Props = { searchParams: Promise<Params> };

export default async function GroupsPage({ searchParams }: Props) {
  const ctx = await requireOperation("group.read");
  const opened = openViews(ctx, groupList, await searchParams);
  const { filters, fits, ignored } = askGroups(await opened.params);
  const mayCreate = holdsBeyondSelf(ctx.actor.access, "group.create");
  const [shown, labels, views] = await Promise.all([
    currentColumns(groupList),
    labelFilters(ctx, filters),
    opened.views,
  ]);
  return (
    <>
      <PageHeader
        title="Groups"
        actions={
          mayCreate && <CreateLink href={toHref(filters, filters, `${groupsPath}/new`)}>Create group</CreateLink>
        }
      />
      <ViewTabs list={groupList} views={views} />
      <ListTools list={groupList} filters={filters} shown={shown} labels={labels} searches={searches}>
        <ViewControls list={groupList} views={views} />
      </ListTools>
      <AddressNotes fits={fits} ignored={ignored} missing={views.missing} />
      <Arriving fallback={<GroupSkeleton />}>
        <FoundGroups ctx={ctx} filters={filters} shown={shown} mayCreate={mayCreate} />
      </Arriving>
    </>
  );
}

type FoundGroupsProps = {
  ctx: Ctx<Person>;
  filters: Filters;
  shown: ColumnOf<typeof groupList>[];
  mayCreate: boolean;
};

async function FoundGroups({ ctx, filters, shown, mayCreate }: FoundGroupsProps) {
  const [page, zone] = await Promise.all([listGroups(ctx, filters), currentZone()]);
  return (
    <Found
      page={page}
      href={(place) => toHref(filters, place)}
      none={async () => (
        <NoGroups
          filters={filters}
          among={await countGroups(ctx)}
          mayCreate={mayCreate}
          ownedOnly={isScoped(ctx, "group.read")}
        />
      )}
    >
      <GroupList
        label={groupList.label}
        heads={headsOf(groupList, shown, filters)}
        rows={packed(withoutHidden(groupList, shown, page.rows.map(shownGroup)))}
        zone={zone}
        now={ctx.now()}
      />
    </Found>
  );
}
