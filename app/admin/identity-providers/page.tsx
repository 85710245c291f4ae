import type { Metadata } from "next";
import { NoProviders } from "@/components/identity-providers/no-providers";
import { ProviderList } from "@/components/identity-providers/provider-list";
import { ColumnsMenu } from "@/components/list/columns-menu";
import { CreateLink } from "@/components/list/create-link";
import { PageHeader } from "@/components/shell/page-header";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { providerList } from "@/lib/identity-providers/filters";
import { providersPath } from "@/lib/identity-providers/pages";
import { listProviders } from "@/lib/identity-providers/queries";
import { columnChoices } from "@/lib/lists/columns";

export const metadata: Metadata = { title: "Identity providers" };

export default async function IdentityProvidersPage() {
  const ctx = await requireOperation("identity_provider.read");
  const mayCreate = holdsBeyondSelf(ctx.actor.access, "identity_provider.create");
  const rows = await listProviders(ctx);
  const shown = await currentColumns(providerList);
  return (
    <>
      <PageHeader
        title="Identity providers"
        actions={
          mayCreate && rows.length > 0 && <CreateLink href={`${providersPath}/new`}>Add identity provider</CreateLink>
        }
      />
      {rows.length > 0 && (
        <div className="mb-3 flex justify-end">
          <ColumnsMenu {...columnChoices(providerList, shown)} />
        </div>
      )}
      <div className="rounded-lg border border-line">
        {rows.length > 0 ? (
          <ProviderList shown={shown} rows={rows} zone={await currentZone()} now={ctx.now()} />
        ) : (
          <NoProviders mayCreate={mayCreate} />
        )}
      </div>
    </>
  );
}
