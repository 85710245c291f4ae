import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CarrierList } from "@/components/access/carrier-list";
import { HolderList } from "@/components/access/holder-list";
import { PageHeader } from "@/components/shell/page-header";
import { Note } from "@/components/ui/note";
import { askedOperation } from "@/lib/access/asked";
import { holdsBeyondSelf } from "@/lib/access/decide";
import { listHolders, readHolderFilters, rolesCarrying } from "@/lib/access/holders";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { orNotFound } from "@/lib/not-found";

type Props = {
  params: Promise<{ operation: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const metadata: Metadata = { title: "Who may" };

export default async function OperationPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("role.read");
  const { operation: key } = await params;
  const operation = await orNotFound(askedOperation(ctx, key), notFound);
  const carriers = await rolesCarrying(ctx, operation.key);
  const { filters, fits } = readHolderFilters(await searchParams, carriers);
  const seesPeople = holdsBeyondSelf(ctx.actor.access, "user.read");
  const [page, zone] = await Promise.all([seesPeople ? listHolders(ctx, carriers, filters) : null, currentZone()]);
  const sentence = operation.sentence.charAt(0).toLowerCase() + operation.sentence.slice(1);
  return (
    <>
      <PageHeader
        title={`Who may ${sentence}`}
        crumbs={[{ href: "/admin/privileges", label: "Privileges" }]}
        facts={[<code key="key">{operation.key}</code>, operation.noun]}
      />
      {!fits && (
        <Note className="mb-3" role="status">
          The address named a place in another search. This is the first page.
        </Note>
      )}
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
