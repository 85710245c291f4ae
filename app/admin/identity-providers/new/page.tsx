import type { Metadata } from "next";
import { PresetList } from "@/components/identity-providers/preset-list";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { requireOperation } from "@/lib/auth/current";
import { providersPath } from "@/lib/identity-providers/pages";

export const metadata: Metadata = { title: "Add identity provider" };

export default async function ChoosePresetPage() {
  await requireOperation("identity_provider.create");
  return (
    <>
      <PageHeader
        title="Add identity provider"
        crumbs={<Breadcrumb crumbs={[{ href: providersPath, label: "Identity providers" }]} />}
        facts={["Choose your provider. Known settings are filled in."]}
      />
      <PresetList />
    </>
  );
}
