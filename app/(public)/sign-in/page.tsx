import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { DemoPeople } from "@/components/auth/demo-people";
import { ProviderButton } from "@/components/auth/provider-button";
import { SignInForm } from "@/components/auth/sign-in-form";
import { SignOutOffer } from "@/components/auth/sign-out-offer";
import { PasskeyButton } from "@/components/factors/passkey-button";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { Note } from "@/components/ui/note";
import { currentSession, hasEndedSession } from "@/lib/auth/current";
import { ownPath } from "@/lib/auth/next-path";
import { stagePath } from "@/lib/auth/stages";
import { demoPeople, demoSignIn } from "@/lib/demo/sign-in-people";
import { askedAbout, offeredProviders } from "@/lib/identity-providers/queries";
import type { Params } from "@/lib/lists/search-params";
import { onlyProvider } from "@/lib/people/only-way-in";
import { db } from "@/lib/platform/db";
import { readSettings } from "@/lib/platform/read-settings";
import { isSetUp } from "@/lib/setup/queries";
import { isRefusalCode, refusalSentence } from "@/lib/sign-in/providers/refusals";
import { offeredSignOut } from "@/lib/sign-in/providers/sign-out";
import { failureText } from "@/lib/sign-in/sign-in-failure";
import { signedOut } from "@/lib/sign-in/signed-out";

export const metadata: Metadata = { title: "Sign in" };

type Query = Promise<Params>;

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const next = ownPath(query.next ?? query.callbackUrl);
  const session = await currentSession();
  if (session) redirect(stagePath(session.stage, next));
  if (!(await isSetUp(db()))) redirect("/setup");
  const done = typeof query.done === "string" && Object.hasOwn(doneWords, query.done) ? doneWords[query.done] : null;
  const ended =
    query.error === undefined && (await hasEndedSession()) ? "Your session has ended. Sign in again." : null;
  const told = done ?? ended;
  const leave = query.done === signedOut ? await offeredHere() : null;
  const message = query.error === undefined ? null : await wordsOf(query);
  const only = await onlyProvider(db());
  const providers = only ? [] : await offeredProviders(db());
  const people = demoPeople();
  const filled = demoSignIn(query.as);
  const ofPassword = query.error === "CredentialsSignin";
  return (
    <SignedOutLayout
      title="Sign in"
      lead="to the console"
      foot={
        <a className="link" href="/forgot-password">
          Forgot password?
        </a>
      }
    >
      {told && (
        <Note tone="accent" role="status">
          {told}
        </Note>
      )}
      {leave && <SignOutOffer name={leave.name} />}
      {only ? (
        <>
          {message && !ofPassword && (
            <Note tone="danger" role="alert">
              {message}
            </Note>
          )}
          <ProviderButton provider={only} next={next} primary />
          <SignInForm
            key={filled?.name}
            next={next}
            message={ofPassword ? message : null}
            filled={filled}
            providers={false}
            only={only.name}
          >
            <PasskeyButton step="sign_in" next={next} />
          </SignInForm>
        </>
      ) : (
        <>
          <SignInForm
            key={`${message} ${filled?.name}`}
            next={next}
            message={message}
            filled={filled}
            providers={providers.length > 0}
          />
          {providers.length > 0 && <Or />}
          <PasskeyButton step="sign_in" next={next} />
          {providers.map((provider) => (
            <ProviderButton key={provider.slug} provider={provider} next={next} />
          ))}
        </>
      )}
      {people.length > 0 && <DemoPeople people={people} next={next} chosen={filled?.name ?? null} />}
    </SignedOutLayout>
  );
}

/** The provider at which this browser may sign out as well (I7). */
async function offeredHere() {
  const jar = Object.fromEntries((await cookies()).getAll().map(({ name, value }) => [name, value]));
  return offeredSignOut(db(), jar, new Date());
}

const Or = () => (
  <p className="flex items-center gap-3 text-xs text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
    or
  </p>
);

/** What a link has done a moment ago. */
const doneWords: Record<string, string> = {
  password: "Your password is set. Sign in with it.",
  email: "Your email is confirmed. You can sign in with it now.",
  [signedOut]: "You are signed out of Gatehouse.",
};

/** What next-auth, or the callback of a provider, writes into the address when it refuses: a word, never a sentence. */
async function wordsOf({ error, provider }: Params): Promise<string> {
  if (error === "CredentialsSignin") return failureText(await readSettings(db()));
  if (typeof error !== "string" || !isRefusalCode(error)) return "Sign-in failed. Try again.";
  return refusalSentence(error, typeof provider === "string" ? await askedAbout(db(), provider) : null);
}
