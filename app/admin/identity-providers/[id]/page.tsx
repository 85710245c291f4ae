import { SettingsText } from "@/components/identity-providers/provider-text";
import { SettingsForm } from "@/components/identity-providers/settings-form";
import { requireOperation } from "@/lib/auth/current";
import { providerAbilities } from "@/lib/identity-providers/abilities";
import { assignableRoles } from "@/lib/roles/queries";
import { providerOfPage, titleOfProvider } from "./provider-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfProvider(params, "Settings");

export default async function ProviderSettingsPage({ params }: Props) {
  const ctx = await requireOperation("identity_provider.read");
  const provider = await providerOfPage(ctx, (await params).id);
  const roles = await assignableRoles(ctx);
  const { "identity_provider.update": mayUpdate } = await providerAbilities(ctx, provider);
  if (!mayUpdate.ok) return <SettingsText provider={provider} roles={roles} reason={mayUpdate.reason} />;
  return <SettingsForm provider={provider} roles={roles} />;
}
