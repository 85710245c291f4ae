import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { NoProviders } from "@/components/identity-providers/no-providers";
import { ProviderList } from "@/components/identity-providers/provider-list";
import { PageHeader } from "@/components/shell/page-header";
import { LinkButton } from "@/components/ui/button";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { providersPath } from "@/lib/identity-providers/pages";
import { listProviders } from "@/lib/identity-providers/queries";

export const metadata: Metadata = { title: "Identity providers" };

export default async function IdentityProvidersPage() {
  const ctx = await requireOperation("identity_provider.read");
  const mayCreate = holdsBeyondSelf(ctx.actor.access, "identity_provider.create");
  const rows = await listProviders(ctx);
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
      <div className="rounded-lg border border-line">
        {rows.length > 0 ? (
          <ProviderList rows={rows} zone={await currentZone()} now={ctx.now()} />
        ) : (
          <NoProviders mayCreate={mayCreate} />
        )}
      </div>
    </>
  );
}
