import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { NoProviders } from "@/components/identity-providers/no-providers";
import { ProviderList } from "@/components/identity-providers/provider-list";
import { ColumnsMenu } from "@/components/list/columns-menu";
import { PageHeader } from "@/components/shell/page-header";
import { LinkButton } from "@/components/ui/button";
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
          mayCreate &&
          rows.length > 0 && (
            <LinkButton variant="primary" data-creates="" href={`${providersPath}/new`}>
              <Plus aria-hidden />
              Add identity provider
            </LinkButton>
          )
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
