import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { StepUp } from "@/components/auth/step-up";
import { AddAuthenticator } from "@/components/factors/add-authenticator";
import { AddPasskey } from "@/components/factors/add-passkey";
import { SubmitButton } from "@/components/form/submit-button";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { currentSession } from "@/lib/auth/current";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { stagedCtx } from "@/lib/auth/staged";
import { stagePath } from "@/lib/auth/stages";
import { finishEnrolmentAction } from "@/lib/factors/actions";
import { getOwnFactors } from "@/lib/factors/queries";
import type { Params } from "@/lib/lists/search-params";

export const metadata: Metadata = { title: "Add a second factor" };

type Query = Promise<Params>;

export default async function EnrolFactorPage({ searchParams }: { searchParams: Query }) {
  const next = ownPath((await searchParams).next);
  const session = await currentSession();
  if (!session) redirect(withNext("/sign-in", next));
  if (session.stage !== "enrol_factor") redirect(stagePath(session.stage, next));
  const factors = await getOwnFactors(await stagedCtx("enrol_factor"));
  const enrolled = factors.authenticator !== null || factors.passkeys.length > 0;
  return (
    <SignedOutLayout
      title="Add a second factor"
      lead={
        enrolled
          ? "Your second factor is set up. You'll be asked for it the next time you sign in."
          : "You need a second factor before you can continue."
      }
    >
      {enrolled ? (
        <form action={finishEnrolmentAction}>
          <input type="hidden" name="next" value={next} />
          <SubmitButton size="l">Continue</SubmitButton>
        </form>
      ) : (
        <>
          <AddAuthenticator size="l" />
          <AddPasskey size="l" reason={factors.noPasskeys ?? undefined} />
        </>
      )}
      <SignOutButton variant="quiet" size="l" />
      <StepUp />
    </SignedOutLayout>
  );
}
