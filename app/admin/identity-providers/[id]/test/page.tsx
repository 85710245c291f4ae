import { TestPanel } from "@/components/identity-providers/test-panel";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { providerAbilities } from "@/lib/identity-providers/abilities";
import type { Params } from "@/lib/lists/search-params";
import { isRefusalCode, refusalSentence } from "@/lib/sign-in/providers/refusals";
import { providerOfPage, titleOfProvider } from "../provider-of-page";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Params> };

export const generateMetadata = ({ params }: Props) => titleOfProvider(params, "Test");

export default async function ProviderTestPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("identity_provider.read");
  const provider = await providerOfPage(ctx, (await params).id);
  const abilities = await providerAbilities(ctx, provider);
  return (
    <TestPanel
      provider={provider}
      ended={endedAs((await searchParams).test, provider)}
      mayTest={abilities["identity_provider.test"].ok}
      zone={await currentZone()}
      now={ctx.now()}
    />
  );
}

/** What the callback wrote into the address: a word, whose sentence is made here. */
function endedAs(word: Params[string], provider: { name: string; contact: string; testedAt: Date | null }) {
  if (word === "passed") return provider.testedAt ? { problem: null } : null;
  if (typeof word !== "string" || !isRefusalCode(word)) return null;
  return { problem: refusalSentence(word, provider) };
}
