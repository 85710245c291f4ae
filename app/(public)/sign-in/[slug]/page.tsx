import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ProviderButton } from "@/components/auth/provider-button";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { currentSession } from "@/lib/auth/current";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { stagePath } from "@/lib/auth/stages";
import { offeredProvider } from "@/lib/identity-providers/queries";
import type { Params } from "@/lib/lists/search-params";
import { db } from "@/lib/platform/db";
import { refusalPath } from "@/lib/sign-in/providers/refusals";

export const metadata: Metadata = { title: "Sign in" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Params> };

/** Where the portal of a provider leads: the sign-in begins at once. */
export default async function StartPage({ params, searchParams }: Props) {
  const query = await searchParams;
  const next = ownPath(query.next);
  const session = await currentSession();
  if (session) redirect(stagePath(session.stage, next));
  const { slug } = await params;
  const provider = await offeredProvider(db(), slug.slice(0, 40));
  if (!provider) redirect(withNext(refusalPath("off", slug.slice(0, 40)), next));
  return (
    <SignedOutLayout title="Sign in" lead={`through ${provider.name}`}>
      <ProviderButton provider={provider} next={next} atOnce />
    </SignedOutLayout>
  );
}
