import { OnlyWayPanel } from "@/components/identity-providers/only-way-panel";
import { SettingsText } from "@/components/identity-providers/provider-text";
import { SettingsForm } from "@/components/identity-providers/settings-form";
import { requireOperation } from "@/lib/auth/current";
import { providerAbilities } from "@/lib/identity-providers/abilities";
import { effectOfOnlyWay } from "@/lib/identity-providers/only-way-in";
import { assignableRoles } from "@/lib/roles/queries";
import { providerOfPage, titleOfProvider } from "./provider-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfProvider(params, "Settings");

export default async function ProviderSettingsPage({ params }: Props) {
  const ctx = await requireOperation("identity_provider.read");
  const provider = await providerOfPage(ctx, (await params).id);
  const roles = await assignableRoles(ctx);
  const abilities = await providerAbilities(ctx, provider);
  const { "identity_provider.update": mayUpdate, "identity_provider.require": mayRequire } = abilities;
  if (!mayUpdate.ok) return <SettingsText provider={provider} roles={roles} reason={mayUpdate.reason} />;
  const effect = mayRequire.ok ? await effectOfOnlyWay(ctx, provider.id) : null;
  return (
    <div className="grid gap-4">
      <SettingsForm provider={provider} roles={roles} />
      <OnlyWayPanel provider={provider} abilities={abilities} effect={effect} />
    </div>
  );
}
