"use server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { setOwedPassword } from "@/lib/account/commands";
import { owedPasswordSchema } from "@/lib/account/schema";
import { cookieName, cookieOptions, deviceCookieName } from "@/lib/auth/cookie";
import { anonymousCtx, currentSession, ownCtx } from "@/lib/auth/current";
import { keepRenewed } from "@/lib/auth/keep-renewed";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { stagedCtx } from "@/lib/auth/staged";
import { stagePath } from "@/lib/auth/stages";
import type { Ctx } from "@/lib/context";
import { confirmPath } from "@/lib/factors/pages";
import { confirmSchema, passkeySignInSchema } from "@/lib/factors/schema";
import { type ActionResult, answer, defineAction } from "@/lib/http/action";
import { noInputSchema } from "@/lib/http/no-input";
import { requireOwnOrigin } from "@/lib/http/origin";
import { parseInput } from "@/lib/http/parse-input";
import { postedText } from "@/lib/http/posted-text";
import { testPageOf } from "@/lib/identity-providers/pages";
import { type OfferedProvider, providerOfDomain } from "@/lib/identity-providers/queries";
import { providerIdSchema } from "@/lib/identity-providers/schema";
import { foldEmail } from "@/lib/normalization/email";
import type { NewPasswordState } from "@/lib/passwords/form-state";
import { db } from "@/lib/platform/db";
import { endOwnSession } from "@/lib/sessions/commands";
import { beginPasskeySignIn, signInWithPasskey } from "@/lib/sign-in/by-passkey";
import { keepSession } from "@/lib/sign-in/keep-session";
import { beginSignIn } from "@/lib/sign-in/providers/flow";
import { goingTo } from "@/lib/sign-in/providers/going-to";
import { beginConfirm, beginLink, beginTest } from "@/lib/sign-in/providers/purposes";
import { ProviderRefusal, refusalPath } from "@/lib/sign-in/providers/refusals";
import { beginSignOut, noSignOutOffer, offerSignOut } from "@/lib/sign-in/providers/sign-out";
import { signIn } from "@/lib/sign-in/sign-in";
import { signedOutPath } from "@/lib/sign-in/signed-out";

/** What the sign-in form shows after a refusal. Never the password. */
export type SignInState = { name: string; message: string | null };

/** Signs in and sets the cookie. Posted by a plain form, so it works without JavaScript (S1). */
export async function signInAction(_: SignInState, form: FormData): Promise<SignInState> {
  const name = postedText(form, "name");
  const next = ownPath(postedText(form, "next"));
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    const device = (await cookies()).get(deviceCookieName())?.value;
    return signIn(await anonymousCtx(), { name, password: postedText(form, "password"), device });
  });
  if (!result.ok) return { name: name.slice(0, 320), message: result.message };
  await keepSession(result.value);
  redirect(stagePath(result.value.stage, next));
}

/** Where the browser continues at a provider, or what is said instead. */
export type OnwardState = { url: string | null; message: string | null };

/**
 * Begins a sign-in at an identity provider. The address is given, not redirected to: the content security policy lets no form
 * lead elsewhere, not even by way of a redirect.
 */
export async function providerSignInAction(_: OnwardState, form: FormData): Promise<OnwardState> {
  const slug = postedText(form, "provider").slice(0, 40);
  const next = ownPath(postedText(form, "next"));
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    try {
      const begun = await beginSignIn(await anonymousCtx(), { slug, next });
      const jar = await cookies();
      for (const { name, value, options } of begun.cookies) jar.set(name, value, options);
      return begun.url;
    } catch (error) {
      if (!(error instanceof ProviderRefusal)) throw error;
      return redirect(withNext(refusalPath(error.code, slug), next));
    }
  });
  return result.ok ? { url: result.value, message: null } : { url: null, message: result.message };
}

/** The provider for whose people an email is, while it is typed; null for every other name. */
export async function providerOfNameAction(name: string): Promise<ActionResult<OfferedProvider | null>> {
  return answer(async () => {
    requireOwnOrigin(await headers());
    const domain = typeof name === "string" ? foldEmail(name)?.split("@")[1] : undefined;
    return domain ? providerOfDomain(db(), domain) : null;
  });
}

/** Sets the password that a session of stage `new_password` still needs (S5). */
export async function newPasswordAction(_: NewPasswordState, form: FormData): Promise<NewPasswordState> {
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    const entries = {
      newPassword: postedText(form, "newPassword"),
      confirmPassword: postedText(form, "confirmPassword"),
    };
    const ctx = await stagedCtx("new_password");
    return setOwedPassword(ctx, parseInput(owedPasswordSchema, entries));
  });
  if (!result.ok) return { message: result.message, fields: result.fields ?? {} };
  await keepRenewed(result.value);
  redirect(ownPath(postedText(form, "next")));
}

/** Ends the session of this browser and forgets its cookie. Where it began at a provider, signing out there is offered next (I7). */
export async function signOutAction(): Promise<void> {
  requireOwnOrigin(await headers());
  const session = await currentSession();
  const ended = session && (await endOwnSession(await ownCtx(), { id: session.id }));
  const jar = await cookies();
  jar.set(cookieName(), "", { ...cookieOptions(), maxAge: 0 });
  if (!session) redirect("/sign-in");
  const offer = ended?.atProvider ? offerSignOut(session.id, new Date()) : noSignOutOffer();
  jar.set(offer.name, offer.value, offer.options);
  redirect(ended?.atProvider ? signedOutPath : "/sign-in");
}

/** Returns the address at which the provider signs this browser out as well, for `LeadOn`. */
export async function providerSignOutAction(): Promise<OnwardState> {
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    const jar = await cookies();
    const brought = Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value]));
    const begun = await beginSignOut(await anonymousCtx(), brought);
    for (const { name, value, options } of begun.cookies) jar.set(name, value, options);
    return begun.url;
  });
  return result.ok ? { url: result.value, message: null } : { url: null, message: result.message };
}

/** Passkeys before anybody has said who they are: the page opens to everybody. */
export const beginPasskeySignInAction = defineAction({
  input: noInputSchema,
  context: anonymousCtx,
  run: beginPasskeySignIn,
});
export const passkeySignInAction = defineAction({
  input: passkeySignInSchema,
  context: anonymousCtx,
  run: async (ctx: Ctx, { next, ...assertion }) => {
    const device = (await cookies()).get(deviceCookieName())?.value;
    const started = await signInWithPasskey(ctx, { ...assertion, device });
    await keepSession(started);
    return { path: stagePath(started.stage, ownPath(next)) };
  },
});

/** Step-up at the provider (S8). Returns its address. */
export const startConfirmAction = defineAction({
  input: confirmSchema,
  context: () => stagedCtx("open", "enrol_factor"),
  run: (ctx, { slug }) => goingTo(() => beginConfirm(ctx, { slug, next: confirmPath(slug) })),
});

/** Returns the address at the provider at which this browser signs in for the test. */
export const startTestAction = defineAction({
  input: providerIdSchema,
  run: (ctx, { id }) => goingTo(() => beginTest(ctx, { id, next: testPageOf(id) })),
});

/** The same for linking one's own account. */
export const startLinkAction = defineAction({
  input: providerIdSchema,
  run: (ctx, { id }) => goingTo(() => beginLink(ctx, { id, next: "/account/security" })),
});
