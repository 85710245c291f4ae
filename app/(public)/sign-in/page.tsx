import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { OtherAddress } from "@/components/auth/other-address";
import { SignInForm } from "@/components/auth/sign-in-form";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { currentSession } from "@/lib/auth/current";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { signInFailure } from "@/lib/auth/sign-in";
import { db } from "@/lib/db";
import { publicUrl } from "@/lib/env";
import { isSetUp } from "@/lib/setup/queries";

export const metadata: Metadata = { title: "Sign in" };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const next = ownPath(query.next ?? query.callbackUrl);
  const session = await currentSession();
  if (session) redirect(session.stage === "new_password" ? withNext("/new-password", next) : next);
  if (!(await isSetUp(db()))) redirect("/setup");
  const address = publicUrl();
  return (
    <SignedOutLayout
      title="Sign in"
      lead="to the console"
      foot={
        <>
          <span>{address.host}</span>
          <span>Forgot your password? Ask an administrator.</span>
        </>
      }
    >
      <OtherAddress opened={(await headers()).get("host")} configured={address} />
      <SignInForm next={next} message={query.error === undefined ? null : wordsOf(query.error)} />
    </SignedOutLayout>
  );
}

/** What next-auth writes into the address when it refuses. */
const wordsOf = (error: string | string[]) =>
  error === "CredentialsSignin" ? signInFailure : "Signing in did not work. Try again.";
