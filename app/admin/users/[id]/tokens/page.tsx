import { notFound } from "next/navigation";
import { columnView } from "@/components/list/column-view";
import { TokenBoard } from "@/components/tokens/token-board";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import type { Params } from "@/lib/lists/search-params";
import { tokenList } from "@/lib/tokens/filters";
import { openTokens } from "@/lib/tokens/queries";
import { titleOfUser } from "../user-of-page";

export const generateMetadata = ({ params }: Props) => titleOfUser(params, "Access Tokens");

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Params>;
};

export default async function UserTokensPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("token.read");
  const { id } = await params;
  const list = await openTokens(ctx, id, await searchParams);
  if (!list) notFound();
  const view = {
    path: `/admin/users/${id}/tokens`,
    zone: await currentZone(),
    now: ctx.now(),
    ...columnView(tokenList, await currentColumns(tokenList)),
  };
  return <TokenBoard list={list} view={view} />;
}
