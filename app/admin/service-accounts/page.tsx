import type { Metadata } from "next";
import { AddressNotes } from "@/components/list/address-notes";
import { Arriving } from "@/components/list/arriving";
import { CreateLink } from "@/components/list/create-link";
import type { Searches } from "@/components/list/filter-bar";
import { Found } from "@/components/list/found";
import { headsOf } from "@/components/list/heads-of";
import { ListTools } from "@/components/list/list-tools";
import { AccountList } from "@/components/service-accounts/account-list";
import { AccountSkeleton } from "@/components/service-accounts/account-skeleton";
import { NoAccounts } from "@/components/service-accounts/no-accounts";
import { PageHeader } from "@/components/shell/page-header";
import { ViewControls } from "@/components/views/view-controls";
import { ViewTabs } from "@/components/views/view-tabs";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Ctx, Person } from "@/lib/context";
import type { ColumnOf } from "@/lib/lists/declare-list";
import type { Params } from "@/lib/lists/search-params";
import { filterAccountOwnerAction } from "@/lib/service-accounts/actions";
import { accountsHref, type AccountFilters as Filters, serviceAccountList } from "@/lib/service-accounts/filters";
import { askAccounts, countAccounts, labelFilters, listAccounts } from "@/lib/service-accounts/list";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";
import { openViews } from "@/lib/views/open";

export const metadata: Metadata = { title: "Service accounts" };

const searches: Searches<typeof serviceAccountList> = {
  owner: filterAccountOwnerAction,
};

type Props = { searchParams: Promise<Params> };

export default async function ServiceAccountsPage({ searchParams }: Props) {
  const ctx = await requireOperation("service_account.read");
  const opened = openViews(ctx, serviceAccountList, await searchParams);
  const { filters, fits, ignored } = askAccounts(await opened.params);
  const mayCreate = holdsBeyondSelf(ctx.actor.access, "service_account.create");
  const [shown, labels, views] = await Promise.all([
    currentColumns(serviceAccountList),
    labelFilters(ctx, filters),
    opened.views,
  ]);
  return (
    <>
      <PageHeader
        title="Service accounts"
        actions={
          mayCreate && (
            <CreateLink href={accountsHref(filters, filters, `${serviceAccountsPath}/new`)}>
              Create service account
            </CreateLink>
          )
        }
      />
      <ViewTabs list={serviceAccountList} views={views} />
      <ListTools list={serviceAccountList} filters={filters} shown={shown} labels={labels} searches={searches}>
        <ViewControls list={serviceAccountList} views={views} />
      </ListTools>
      <AddressNotes fits={fits} ignored={ignored} missing={views.missing} />
      <Arriving fallback={<AccountSkeleton />}>
        <FoundAccounts ctx={ctx} filters={filters} shown={shown} mayCreate={mayCreate} />
      </Arriving>
    </>
  );
}

type FoundAccountsProps = {
  ctx: Ctx<Person>;
  filters: Filters;
  shown: ColumnOf<typeof serviceAccountList>[];
  mayCreate: boolean;
};

async function FoundAccounts({ ctx, filters, shown, mayCreate }: FoundAccountsProps) {
  const [page, zone] = await Promise.all([listAccounts(ctx, filters), currentZone()]);
  return (
    <Found
      page={page}
      href={(place) => accountsHref(filters, place)}
      none={async () => <NoAccounts filters={filters} among={await countAccounts(ctx)} mayCreate={mayCreate} />}
    >
      <AccountList rows={page.rows} heads={headsOf(serviceAccountList, shown, filters)} zone={zone} now={ctx.now()} />
    </Found>
  );
}
