import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { columnView } from "@/components/list/column-view";
import { OwnAccounts } from "@/components/service-accounts/own-accounts";
import { TokenBoard } from "@/components/tokens/token-board";
import { currentColumns } from "@/lib/auth/columns";
import { requireOwnAccount } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import type { Params } from "@/lib/lists/search-params";
import { ownAccounts } from "@/lib/service-accounts/queries";
import { tokenList } from "@/lib/tokens/filters";
import { openTokens } from "@/lib/tokens/queries";

export const metadata: Metadata = { title: "Access tokens" };

type Props = { searchParams: Promise<Params> };

export default async function OwnTokensPage({ searchParams }: Props) {
  const ctx = await requireOwnAccount();
  const list = await openTokens(ctx, ctx.actor.id, await searchParams);
  if (!list) notFound();
  const view = {
    path: "/account/tokens",
    zone: await currentZone(),
    now: ctx.now(),
    ...columnView(tokenList, await currentColumns(tokenList)),
  };
  return (
    <>
      <TokenBoard list={list} view={view} />
      <OwnAccounts accounts={await ownAccounts(ctx)} />
    </>
  );
}
