import type { Metadata } from "next";
import { DeclareForm } from "@/components/app-operations/declare-form";
import { ImportForm } from "@/components/app-operations/import-form";
import { OperationList } from "@/components/app-operations/operation-list";
import { headsOf } from "@/components/list/heads-of";
import { ListEmpty } from "@/components/list/list-empty";
import { SearchTools } from "@/components/list/search-tools";
import { RoleTabs } from "@/components/roles/role-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { LinkButton } from "@/components/ui/button";
import { appOperationList } from "@/lib/app-operations/filters";
import { listOperations } from "@/lib/app-operations/queries";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { counted } from "@/lib/lists/format-total";
import type { Params } from "@/lib/lists/search-params";

export const metadata: Metadata = { title: "App operations" };

type Props = { searchParams: Promise<Params> };

export default async function AppOperationsPage({ searchParams }: Props) {
  const ctx = await requireOperation("role.read");
  const { filters } = appOperationList.read(await searchParams);
  const { q } = filters;
  const { operations, total } = await listOperations(ctx, q);
  const shown = await currentColumns(appOperationList);
  const mayDeclare = holdsBeyondSelf(ctx.actor.access, "app_operation.declare");
  return (
    <>
      <PageHeader title="Roles" />
      <RoleTabs current="operations" />
      <p className="mb-3 max-w-[760px] text-ui text-ink-2">
        Operations of the product that uses Gatehouse. Roles grant them for everyone. Gatehouse stores and explains
        them; the product enforces them.
      </p>
      {total > 0 && <SearchTools list={appOperationList} filters={filters} shown={shown} />}
      <div className="rounded-lg border border-line">
        <OperationList
          label={appOperationList.label}
          heads={headsOf(appOperationList, shown)}
          operations={operations}
          mayRemove={holdsBeyondSelf(ctx.actor.access, "app_operation.remove")}
          empty={operations.length === 0 && <NoOperations q={q} total={total} />}
        />
      </div>
      {mayDeclare && (
        <div className="mt-4 grid items-start gap-4 s:grid-cols-2">
          <DeclareForm />
          <ImportForm />
        </div>
      )}
    </>
  );
}

function NoOperations({ q, total }: { q: string; total: number }) {
  return q && total > 0 ? (
    <ListEmpty
      kind="nothing-found"
      title={`No app operation matches "${q}".`}
      actions={<LinkButton href={appOperationList.path}>Clear the search</LinkButton>}
    >
      Searched by key and name, among {counted(total, "operation")}.
    </ListEmpty>
  ) : (
    <ListEmpty kind="nothing-yet" title="No app operations yet.">
      Declare your product's operations here so that roles can grant them.
    </ListEmpty>
  );
}
