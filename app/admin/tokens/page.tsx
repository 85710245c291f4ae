import type { Metadata } from "next";
import { CredentialList } from "@/components/credentials/credential-list";
import { CredentialSkeleton } from "@/components/credentials/credential-skeleton";
import { NoCredentials } from "@/components/credentials/no-credentials";
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
import type { Ctx, Person } from "@/lib/context";
import { filterHolderAction } from "@/lib/credentials/actions";
import { credentialList, credentialsHref, type CredentialFilters as Filters } from "@/lib/credentials/filters";
import { askCredentials, countCredentials, labelFilters, listCredentials } from "@/lib/credentials/list";
import { mayRevokeSome } from "@/lib/credentials/revoke";
import type { ColumnOf } from "@/lib/lists/declare-list";
import type { Params } from "@/lib/lists/search-params";
import { openViews } from "@/lib/views/open";

export const metadata: Metadata = { title: "Tokens" };

const searches: Searches<typeof credentialList> = { person: filterHolderAction };

type Props = { searchParams: Promise<Params> };

export default async function TokensPage({ searchParams }: Props) {
  const ctx = await requireOperation("token.read", "client.read", "session.read", "user.read");
  const opened = openViews(ctx, credentialList, await searchParams);
  const { filters, fits, ignored } = askCredentials(await opened.params);
  const [shown, labels, views] = await Promise.all([
    currentColumns(credentialList),
    labelFilters(ctx, filters),
    opened.views,
  ]);
  return (
    <>
      <PageHeader title="Tokens" />
      <ViewTabs list={credentialList} views={views} />
      <ListTools list={credentialList} filters={filters} shown={shown} labels={labels} searches={searches}>
        <ViewControls list={credentialList} views={views} />
      </ListTools>
      <AddressNotes fits={fits} ignored={ignored} missing={views.missing} />
      <Arriving fallback={<CredentialSkeleton />}>
        <FoundCredentials ctx={ctx} filters={filters} shown={shown} />
      </Arriving>
    </>
  );
}

type FoundProps = { ctx: Ctx<Person>; filters: Filters; shown: ColumnOf<typeof credentialList>[] };

async function FoundCredentials({ ctx, filters, shown }: FoundProps) {
  const [page, zone] = await Promise.all([listCredentials(ctx, filters), currentZone()]);
  return (
    <Found
      page={page}
      href={(place) => credentialsHref(filters, place)}
      none={async () => <NoCredentials filters={filters} among={await countCredentials(ctx)} />}
    >
      <CredentialList
        label={credentialList.label}
        heads={headsOf(credentialList, shown, filters)}
        rows={packed(page.rows)}
        revokes={mayRevokeSome(ctx)}
        zone={zone}
        now={ctx.now()}
      />
    </Found>
  );
}
