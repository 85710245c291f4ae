import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { GroupFilters } from "@/components/groups/group-filters";
import { GroupList } from "@/components/groups/group-list";
import { GroupSkeleton } from "@/components/groups/group-skeleton";
import { NoGroups } from "@/components/groups/no-groups";
import { AddressNotes } from "@/components/list/address-notes";
import { Arriving } from "@/components/list/arriving";
import { Pager } from "@/components/list/pager";
import { SearchBox } from "@/components/list/search-box";
import { SortMenu } from "@/components/list/sort-menu";
import { PageHeader } from "@/components/shell/page-header";
import { LinkButton } from "@/components/ui/button";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Ctx, Person } from "@/lib/context";
import {
  type GroupFilters as Filters,
  groupsPath,
  readGroupFilters,
  sortChoices,
  toHref,
  toPairs,
} from "@/lib/groups/filters";
import { labelFilters } from "@/lib/groups/labels";
import { countGroups, fitting, listGroups } from "@/lib/groups/list";
import { isScoped } from "@/lib/groups/scoped";
import type { Params } from "@/lib/lists/search-params";
import { isSoftNavigation } from "@/lib/soft-navigation";

export const metadata: Metadata = { title: "Groups" };

type Props = { searchParams: Promise<Params> };

export default async function GroupsPage({ searchParams }: Props) {
  const ctx = await requireOperation("group.read");
  const { filters: asked, ignored } = readGroupFilters(await searchParams);
  const { filters, fits } = fitting(asked);
  const labels = await labelFilters(ctx, filters);
  const mayCreate = holdsBeyondSelf(ctx.actor.access, "group.create");
  return (
    <>
      <PageHeader
        title="Groups"
        actions={
          mayCreate && (
            <LinkButton variant="primary" href={toHref(asked, asked, `${groupsPath}/new`)}>
              <Plus aria-hidden />
              Create group
            </LinkButton>
          )
        }
      />
      <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox
          action={groupsPath}
          value={filters.q}
          placeholder="Name, description or id"
          keep={toPairs({ ...filters, q: "" })}
        />
        <GroupFilters labels={labels} path={groupsPath} query={toPairs(filters)} />
        <SortMenu choices={sortChoices} sort={filters.sort} path={groupsPath} query={toPairs(filters)} />
      </div>
      <AddressNotes fits={fits} ignored={ignored} />
      <Arriving soft={await isSoftNavigation()} fallback={<GroupSkeleton />}>
        <FoundGroups ctx={ctx} filters={filters} mayCreate={mayCreate} />
      </Arriving>
    </>
  );
}

type FoundGroupsProps = { ctx: Ctx<Person>; filters: Filters; mayCreate: boolean };

async function FoundGroups({ ctx, filters, mayCreate }: FoundGroupsProps) {
  const [page, zone] = await Promise.all([listGroups(ctx, filters), currentZone()]);
  return (
    <div className="rounded-lg border border-line">
      {page.rows.length > 0 || page.previous ? (
        <>
          <GroupList rows={page.rows} filters={filters} zone={zone} now={ctx.now()} />
          <Pager page={page} href={(place) => toHref(filters, place)} />
        </>
      ) : (
        <NoGroups
          filters={filters}
          among={await countGroups(ctx)}
          mayCreate={mayCreate}
          ownedOnly={isScoped(ctx, "group.read")}
        />
      )}
    </div>
  );
}
