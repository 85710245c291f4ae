import type { Metadata } from "next";
import { DeclareForm } from "@/components/app-operations/declare-form";
import { ImportForm } from "@/components/app-operations/import-form";
import { OperationList } from "@/components/app-operations/operation-list";
import { ListEmpty } from "@/components/list/list-empty";
import { RoleTabs } from "@/components/roles/role-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { holdsBeyondSelf } from "@/lib/access/decide";
import { listOperations } from "@/lib/app-operations/queries";
import { requireOperation } from "@/lib/auth/current";

export const metadata: Metadata = { title: "App operations" };

export default async function AppOperationsPage() {
  const ctx = await requireOperation("role.read");
  const operations = await listOperations(ctx);
  const mayDeclare = holdsBeyondSelf(ctx.actor.access, "app_operation.declare");
  return (
    <>
      <PageHeader title="Roles" />
      <RoleTabs current="operations" />
      <p className="mb-3 max-w-[760px] text-ui text-ink-2">
        What the product that uses Gatehouse lets people do. Roles carry these operations for everyone; Gatehouse
        stores, explains and reports them, and the product enforces them.
      </p>
      <div className="rounded-lg border border-line">
        {operations.length > 0 ? (
          <OperationList
            operations={operations}
            mayRemove={holdsBeyondSelf(ctx.actor.access, "app_operation.remove")}
          />
        ) : (
          <ListEmpty kind="nothing-yet" title="No operation is declared yet.">
            Operations of the product stand here, so that roles can carry them.
          </ListEmpty>
        )}
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
