import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { columnView } from "@/components/list/column-view";
import { AccountNotes } from "@/components/service-accounts/account-notes";
import { AccountStatus } from "@/components/service-accounts/account-status";
import { DetailsText } from "@/components/service-accounts/details-text";
import { TokenBoard } from "@/components/tokens/token-board";
import { currentColumns } from "@/lib/auth/columns";
import { requireOwnAccount } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { orNotFound } from "@/lib/http/not-found";
import type { Params } from "@/lib/lists/search-params";
import { ownServiceAccountsPath } from "@/lib/service-accounts/paths";
import { getAccount, openAccountTokens } from "@/lib/service-accounts/queries";
import { tokenList } from "@/lib/tokens/filters";

export const metadata: Metadata = { title: "Service account" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Params>;
};

/** A service account as its owner sees it: what it may do, and its tokens. */
export default async function OwnServiceAccountPage({ params, searchParams }: Props) {
  const ctx = await requireOwnAccount();
  const account = await orNotFound(getAccount(ctx, (await params).id), notFound);
  if (account.ownerId !== ctx.actor.id) notFound();
  const [list, zone] = [await openAccountTokens(ctx, account, await searchParams), await currentZone()];
  const view = {
    path: `${ownServiceAccountsPath}/${account.id}`,
    zone,
    now: ctx.now(),
    ...columnView(tokenList, await currentColumns(tokenList)),
  };
  return (
    <>
      <a href="/account/tokens" className="mb-2 inline-block rounded-sm text-ui text-muted hover:text-ink">
        Access tokens
      </a>
      <div className="mb-3 flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h2 className="min-w-0 text-lg font-semibold wrap-anywhere">
          <span className="font-normal text-muted">Service account</span> {account.name}
        </h2>
        <AccountStatus status={account.status} look="pill" />
      </div>
      <AccountNotes account={account} />
      {list && <TokenBoard list={list} view={view} />}
      <div className="mt-6">
        <DetailsText account={account} zone={zone} now={ctx.now()} reason={null} />
      </div>
    </>
  );
}
