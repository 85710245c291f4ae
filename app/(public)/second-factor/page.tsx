import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { PasskeyButton } from "@/components/factors/passkey-button";
import { SecondFactorForm } from "@/components/factors/second-factor-form";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { currentSession } from "@/lib/auth/current";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { stagedCtx } from "@/lib/auth/staged";
import { stagePath } from "@/lib/auth/stages";
import { getOwnFactors } from "@/lib/factors/queries";
import type { Params } from "@/lib/lists/search-params";

export const metadata: Metadata = { title: "Second step" };

type Query = Promise<Params>;

export default async function SecondFactorPage({ searchParams }: { searchParams: Query }) {
  const next = ownPath((await searchParams).next);
  const session = await currentSession();
  if (!session) redirect(withNext("/sign-in", next));
  if (session.stage !== "second_factor") redirect(stagePath(session.stage, next));
  const factors = await getOwnFactors(await stagedCtx("second_factor"));
  return (
    <SignedOutLayout title="Second step" lead="Enter your second factor to finish signing in.">
      {factors.passkeys.length > 0 && !factors.noPasskeys && <PasskeyButton step="second" next={next} />}
      <SecondFactorForm next={next} app={factors.authenticator !== null} />
      <SignOutButton variant="quiet" size="l" />
    </SignedOutLayout>
  );
}
