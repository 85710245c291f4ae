import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CreateProviderForm } from "@/components/identity-providers/create-provider-form";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { requireOperation } from "@/lib/auth/current";
import { readsAs } from "@/lib/authz/principal";
import { providersPath } from "@/lib/identity-providers/pages";
import { providerSettings } from "@/lib/identity-providers/presets";
import { providerPresets } from "@/lib/identity-providers/schema";
import { namedInSight } from "@/lib/people/scoped";
import { publicUrl } from "@/lib/platform/env";
import { assignableRoles } from "@/lib/roles/queries";

type Props = { params: Promise<{ preset: string }> };

const presetOf = async (params: Props["params"]) => {
  const { preset } = await params;
  return providerPresets.find((known) => known === preset) ?? notFound();
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${providerSettings[await presetOf(params)].name} · Add identity provider` };
}

export default async function CreateProviderPage({ params }: Props) {
  const ctx = await requireOperation("identity_provider.create");
  const preset = await presetOf(params);
  const me = await namedInSight(ctx, ctx.db, readsAs(ctx.actor));
  return (
    <>
      <PageHeader
        title={`Add ${preset === "any" ? "an OpenID Connect provider" : providerSettings[preset].name}`}
        crumbs={
          <Breadcrumb
            crumbs={[
              { href: providersPath, label: "Identity providers" },
              { href: `${providersPath}/new`, label: "Add identity provider" },
            ]}
          />
        }
      />
      <CreateProviderForm
        preset={preset}
        roles={await assignableRoles(ctx)}
        me={{ id: readsAs(ctx.actor), label: me?.name ?? "" }}
        origin={publicUrl().origin}
      />
    </>
  );
}
