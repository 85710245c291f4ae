import { ConnectionForm } from "@/components/identity-providers/connection-form";
import { ConnectionText } from "@/components/identity-providers/provider-text";
import { SetupSteps } from "@/components/identity-providers/setup-steps";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { providerAbilities } from "@/lib/identity-providers/abilities";
import { providerOfPage, titleOfProvider } from "../provider-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfProvider(params, "Connection");

export default async function ProviderConnectionPage({ params }: Props) {
  const ctx = await requireOperation("identity_provider.read");
  const provider = await providerOfPage(ctx, (await params).id);
  const { preset, addresses } = provider;
  const { "identity_provider.update": mayUpdate } = await providerAbilities(ctx, provider);
  return (
    <div className="grid gap-4">
      {mayUpdate.ok ? (
        <ConnectionForm provider={provider} />
      ) : (
        <ConnectionText provider={provider} reason={mayUpdate.reason} zone={await currentZone()} now={ctx.now()} />
      )}
      <div className="max-w-[760px]">
        <SetupSteps preset={preset} addresses={addresses} />
      </div>
    </div>
  );
}
