import type { Metadata } from "next";
import { AddressNotes } from "@/components/list/address-notes";
import { Arriving } from "@/components/list/arriving";
import { CreateLink } from "@/components/list/create-link";
import type { Searches } from "@/components/list/filter-bar";
import { ListTools } from "@/components/list/list-tools";
import { Pager } from "@/components/list/pager";
import { TotalFigure } from "@/components/list/total-figure";
import { PageActions } from "@/components/shell/page-actions";
import { PageHeader } from "@/components/shell/page-header";
import { Note } from "@/components/ui/note";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { NoUsers } from "@/components/users/no-users";
import { UserList } from "@/components/users/user-list";
import { UserSkeleton } from "@/components/users/user-skeleton";
import { ViewControls } from "@/components/views/view-controls";
import { ViewTabs } from "@/components/views/view-tabs";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Ctx, Person } from "@/lib/context";
import type { ColumnOf } from "@/lib/lists/declare-list";
import type { Labels } from "@/lib/lists/filter-fields";
import type { Params } from "@/lib/lists/search-params";
import type { OperationKey } from "@/lib/operations";
import { filterConfigurationAction, filterManagerAction, pickGroupAction, pickRoleAction } from "@/lib/users/actions";
import { type UserFilters as Filters, toHref, userList } from "@/lib/users/filters";
import { askUsers, countUsers, labelFilters, listUsers } from "@/lib/users/list";
import type { UserCounts } from "@/lib/users/list/totals";
import { openViews } from "@/lib/views/open";

export const metadata: Metadata = { title: "User Management" };

const views = ["active", "archived"] as const;

const searches: Searches<typeof userList> = {
  role: pickRoleAction,
  group: pickGroupAction,
  configuration: filterConfigurationAction,
  manager: filterManagerAction,
};

type Props = { searchParams: Promise<Params> };

export default async function UsersPage({ searchParams }: Props) {
  const ctx = await requireOperation("user.read");
  const opened = openViews(ctx, userList, await searchParams);
  const { filters, fits, ignored } = askUsers(await opened.params);
  const [shown, counts, labels, saved] = await Promise.all([
    currentColumns(userList),
    countUsers(ctx),
    labelFilters(ctx, filters),
    opened.views,
  ]);
  const may = (operation: OperationKey) => holdsBeyondSelf(ctx.actor.access, operation);
  return (
    <>
      <PageHeader
        title="User Management"
        actions={
          may("user.create") && (
            <PageActions
              secondary={[
                {
                  href: toHref(filters, filters, `${userList.path}/invite`),
                  label: "Invite people",
                  icon: <SpriteIcon name="mails" />,
                },
              ]}
            >
              <CreateLink href={toHref(filters, filters, `${userList.path}/new`)}>Create User</CreateLink>
            </PageActions>
          )
        }
      />
      <ViewTabs
        list={userList}
        views={saved}
        fixed={views.map((view) => ({
          href: userList.viewHref(filters, view),
          label: userList.views[view].label,
          title: userList.views[view].title,
          count: <TotalFigure total={counts[view]} />,
          current: filters.view === view,
        }))}
      />
      <ListTools list={userList} filters={filters} shown={shown} labels={labels} searches={searches}>
        <ViewControls list={userList} views={saved} />
      </ListTools>
      <AddressNotes fits={fits} ignored={ignored} missing={saved.missing} />
      <Arriving fallback={<UserSkeleton />}>
        <FoundUsers ctx={ctx} filters={filters} shown={shown} labels={labels} counts={counts} />
      </Arriving>
    </>
  );
}

type FoundUsersProps = {
  ctx: Ctx<Person>;
  filters: Filters;
  shown: ColumnOf<typeof userList>[];
  labels: Labels<typeof userList>;
  counts: UserCounts;
};

async function FoundUsers({ ctx, filters, shown, labels, counts }: FoundUsersProps) {
  const [page, zone] = await Promise.all([listUsers(ctx, filters), currentZone()]);
  const may = (operation: OperationKey) => holdsBeyondSelf(ctx.actor.access, operation);
  const archived = filters.view === "archived";
  const filled = page.rows.length > 0 || page.bounded || page.previous !== null;
  return (
    <>
      {page.bounded && (
        <Note className="mb-3" role="status">
          Only the next 20,000 people in this order were searched. "Next" continues the search. Sort by name or narrow
          the filter to find the rest at once.
        </Note>
      )}
      <div className="rounded-lg border border-line">
        <UserList
          rows={page.rows}
          filters={filters}
          shown={shown}
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
