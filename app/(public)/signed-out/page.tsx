import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { LinkButton } from "@/components/ui/button";
import { currentSession } from "@/lib/auth/current";
import { stagePath } from "@/lib/auth/stages";
import type { Params } from "@/lib/lists/search-params";
import { db } from "@/lib/platform/db";
import { signedOutAt } from "@/lib/sign-in/providers/sign-out";

export const metadata: Metadata = { title: "Signed out" };

/** Where a provider leads back to after a sign-out there. The provider is named only to the browser that was sent to it. */
export default async function SignedOutPage({ searchParams }: { searchParams: Promise<Params> }) {
  const session = await currentSession();
  if (session) redirect(stagePath(session.stage, "/"));
  const { state } = await searchParams;
  const jar = Object.fromEntries((await cookies()).getAll().map(({ name, value }) => [name, value]));
  const provider = await signedOutAt(db(), jar, state, new Date());
  return (
    <SignedOutLayout title="You are signed out" lead="of Gatehouse">
      {provider && (
        <p className="text-ui text-ink-2">
          {provider} has signed you out as well, unless you chose to stay signed in there.
        </p>
      )}
      <LinkButton href="/sign-in" size="l">
        Sign in again
      </LinkButton>
    </SignedOutLayout>
  );
}
