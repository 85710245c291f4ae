import type { Metadata } from "next";
import { CarrierList } from "@/components/access/carrier-list";
import { HolderList } from "@/components/access/holder-list";
import { AddressNotes } from "@/components/list/address-notes";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { listHolders, readHolderFilters, rolesCarrying } from "@/lib/access/holders";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Params } from "@/lib/lists/search-params";
import { operationOfPage } from "./operation-of-page";

type Props = {
  params: Promise<{ operation: string }>;
  searchParams: Promise<Params>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { key } = await operationOfPage(await requireOperation("role.read"), (await params).operation);
  return { title: `${key} · Who can` };
}

export default async function OperationPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("role.read");
  const { operation: key } = await params;
  const operation = await operationOfPage(ctx, key);
  const carriers = await rolesCarrying(ctx, operation.key);
  const { filters, fits, ignored } = readHolderFilters(await searchParams, carriers);
  const seesPeople = holdsBeyondSelf(ctx.actor.access, "user.read");
  const [page, zone] = await Promise.all([seesPeople ? listHolders(ctx, carriers, filters) : null, currentZone()]);
  const sentence = operation.sentence.charAt(0).toLowerCase() + operation.sentence.slice(1);
  return (
    <>
      <PageHeader
        title={`Who can ${sentence}`}
        crumbs={<Breadcrumb crumbs={[{ href: "/admin/privileges", label: "Privileges" }]} />}
        facts={[<code key="key">{operation.key}</code>, operation.noun]}
      />
      <AddressNotes fits={fits} ignored={ignored} />
      <div className="grid max-w-[1200px] gap-4">
        <CarrierList carriers={carriers} operation={operation} />
        {page && (
          <HolderList
            page={page}
            q={filters.q}
            operation={operation}
            base={`/admin/privileges/${operation.key}`}
            clock={{ zone, now: ctx.now() }}
          />
        )}
      </div>
    </>
  );
}
