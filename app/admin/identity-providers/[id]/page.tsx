import { OnlyWayPanel } from "@/components/identity-providers/only-way-panel";
import { SettingsText } from "@/components/identity-providers/provider-text";
import { SecondFactor } from "@/components/identity-providers/second-factor";
import { SettingsForm } from "@/components/identity-providers/settings-form";
import { requireOperation } from "@/lib/auth/current";
import { providerAbilities } from "@/lib/identity-providers/abilities";
import { effectOfOnlyWay } from "@/lib/people/only-way-in";
import { readSettings } from "@/lib/platform/read-settings";
import { assignableRoles } from "@/lib/roles/queries";
import { settingWords } from "@/lib/settings/words";
import { providerOfPage, titleOfProvider } from "./provider-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfProvider(params, "Settings");

export default async function ProviderSettingsPage({ params }: Props) {
  const ctx = await requireOperation("identity_provider.read");
  const provider = await providerOfPage(ctx, (await params).id);
  const roles = await assignableRoles(ctx);
  const abilities = await providerAbilities(ctx, provider);
  const { "identity_provider.update": mayUpdate, "identity_provider.require": mayRequire } = abilities;
  const effect = mayUpdate.ok && mayRequire.ok ? await effectOfOnlyWay(ctx, provider.id) : null;
  const { "factors.required": required } = await readSettings(ctx.db);
  return (
    <div className="grid gap-4">
      {mayUpdate.ok ? (
        <SettingsForm provider={provider} roles={roles} />
      ) : (
        <SettingsText provider={provider} roles={roles} reason={mayUpdate.reason} />
      )}
      <SecondFactor requiredFor={settingWords("factors.required", required)} name={provider.name} />
      {mayUpdate.ok && <OnlyWayPanel provider={provider} abilities={abilities} effect={effect} />}
    </div>
  );
}
