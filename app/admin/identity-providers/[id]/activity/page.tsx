import { ActivityPanels } from "@/components/identity-providers/activity-panels";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { providerActivity } from "@/lib/identity-providers/activity";
import { providerOfPage, titleOfProvider } from "../provider-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfProvider(params, "Activity");

export default async function ProviderActivityPage({ params }: Props) {
  const ctx = await requireOperation("identity_provider.read");
  const provider = await providerOfPage(ctx, (await params).id);
  const activity = await providerActivity(ctx, provider.id);
  return <ActivityPanels provider={provider} activity={activity} zone={await currentZone()} now={ctx.now()} />;
}
