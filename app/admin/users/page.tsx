import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { AddressNotes } from "@/components/list/address-notes";
import { Arriving } from "@/components/list/arriving";
import { Pager } from "@/components/list/pager";
import { SearchBox } from "@/components/list/search-box";
import { SortMenu } from "@/components/list/sort-menu";
import { PageHeader } from "@/components/shell/page-header";
import { LinkButton } from "@/components/ui/button";
import { TotalFigure } from "@/components/ui/figure";
import { Note } from "@/components/ui/note";
import { TabsNav } from "@/components/ui/tabs-nav";
import { NoUsers } from "@/components/users/no-users";
import { UserFilters } from "@/components/users/user-filters";
import { UserList } from "@/components/users/user-list";
import { UserSkeleton } from "@/components/users/user-skeleton";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Ctx, Person } from "@/lib/context";
import type { Params } from "@/lib/lists/search-params";
import type { OperationKey } from "@/lib/operations";
import { isSoftNavigation } from "@/lib/soft-navigation";
import { type UserFilters as Filters, readUserFilters, sortChoices, toHref, toPairs } from "@/lib/users/filters";
import { countUsers, fitting, listUsers } from "@/lib/users/list";
import { type FilterLabels, labelFilters } from "@/lib/users/list/labels";
import type { UserCounts } from "@/lib/users/list/totals";

export const metadata: Metadata = { title: "User Management" };

const path = "/admin/users";

type Props = { searchParams: Promise<Params> };

export default async function UsersPage({ searchParams }: Props) {
  const ctx = await requireOperation("user.read");
  const { filters: asked, ignored } = readUserFilters(await searchParams);
  const { filters, fits } = fitting(asked);
  const [counts, labels] = await Promise.all([countUsers(ctx), labelFilters(ctx, filters)]);
  const may = (operation: OperationKey) => holdsBeyondSelf(ctx.actor.access, operation);
  const archived = filters.view === "archived";
  return (
    <>
      <PageHeader
        title="User Management"
        actions={
          may("user.create") && (
            <LinkButton variant="primary" href={toHref(asked, asked, `${path}/new`)}>
              <Plus aria-hidden />
              Create User
            </LinkButton>
          )
        }
      />
      <TabsNav
        label="Views"
        tabs={[
          {
            href: toHref(filters, { view: "active" }),
            label: "Active",
            title: "Everybody who is not archived: active, invited, disabled and locked",
            count: <TotalFigure total={counts.active} />,
            current: !archived,
          },
          {
            href: toHref(filters, { view: "archived", status: [] }),
            label: "Archived",
            title: "Users who were removed and can be restored",
            count: <TotalFigure total={counts.archived} />,
            current: archived,
          },
        ]}
      />
      <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox
          action={path}
          value={filters.q}
          placeholder="Name, username, email or id"
          keep={toPairs({ ...filters, q: "" })}
        />
        <UserFilters
          labels={labels}
          status={filters.status}
          dormant={filters.dormant.map(String)}
          archived={archived}
          path={path}
          query={toPairs(filters)}
        />
        <SortMenu choices={sortChoices} sort={filters.sort} path={path} query={toPairs(filters)} />
      </div>
      <AddressNotes fits={fits} ignored={ignored} />
      <Arriving soft={await isSoftNavigation()} fallback={<UserSkeleton />}>
        <FoundUsers ctx={ctx} filters={filters} labels={labels} counts={counts} />
      </Arriving>
    </>
  );
}

type FoundUsersProps = { ctx: Ctx<Person>; filters: Filters; labels: FilterLabels; counts: UserCounts };

async function FoundUsers({ ctx, filters, labels, counts }: FoundUsersProps) {
  const [page, zone] = await Promise.all([listUsers(ctx, filters), currentZone()]);
  const may = (operation: OperationKey) => holdsBeyondSelf(ctx.actor.access, operation);
  const archived = filters.view === "archived";
  const filled = page.rows.length > 0 || page.bounded || page.previous !== null;
  return (
    <>
      {page.bounded && (
        <Note className="mb-3" role="status">
          Only the next 20,000 people in this order were looked at. "Next" looks further; sorting by name or a narrower
          filter finds the others at once.
        </Note>
      )}
      <div className="rounded-lg border border-line">
        <UserList
          rows={page.rows}
          filters={filters}
          may={{ edit: may("user.update") && !archived, clients: may("client.read"), activity: may("audit.read") }}
          zone={zone}
          now={ctx.now()}
          empty={
            filled ? null : (
              <NoUsers
                filters={filters}
                labels={labels}
                among={archived ? counts.archived : counts.active}
                other={archived ? counts.active : counts.archived}
                mayCreate={may("user.create")}
              />
            )
          }
        />
        {filled && <Pager page={page} href={(place) => toHref(filters, place)} />}
      </div>
    </>
  );
}
