import { columnView } from "@/components/list/column-view";
import { TokenBoard } from "@/components/tokens/token-board";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import type { Params } from "@/lib/lists/search-params";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";
import { openAccountTokens } from "@/lib/service-accounts/queries";
import { tokenList } from "@/lib/tokens/filters";
import { accountOfPage, titleOfAccount } from "../account-of-page";

export const generateMetadata = ({ params }: Props) => titleOfAccount(params, "Tokens");

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Params>;
};

export default async function ServiceAccountTokensPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("service_account.read");
  const account = await accountOfPage(ctx, (await params).id);
  const list = await openAccountTokens(ctx, account, await searchParams);
  if (!list)
    return (
      <Panel>
        <Empty icon="lock" title={`You don't have permission to see the tokens of ${account.name}.`}>
          This requires “See a user's access tokens” for its owner.
        </Empty>
      </Panel>
    );
  const view = {
    path: `${serviceAccountsPath}/${account.id}/tokens`,
    zone: await currentZone(),
    now: ctx.now(),
    ...columnView(tokenList, await currentColumns(tokenList)),
  };
  return <TokenBoard list={list} view={view} />;
}
