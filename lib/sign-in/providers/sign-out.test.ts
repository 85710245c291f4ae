import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { events, eventValues, identityProviders, sessionIdTokens } from "@/db/schema";
import { cookieName } from "@/lib/auth/cookie";
import { forgetSignOuts } from "@/lib/auth/id-tokens";
import { personActor } from "@/lib/auth/person";
import { renewSession } from "@/lib/auth/renew-session";
import { loadAccess } from "@/lib/authz/load";
import { createContext } from "@/lib/context";
import { disableProvider } from "@/lib/identity-providers/commands/state";
import { updateConnection } from "@/lib/identity-providers/commands/update";
import { ownAddressesOf } from "@/lib/identity-providers/queries";
import { endAllSessions, endOwnSession } from "@/lib/sessions/commands";
import type { SetCookie } from "@/lib/sign-in/providers/cookies";
import { beginSignIn } from "@/lib/sign-in/providers/flow";
import { beginSignOut, offeredSignOut, offerSignOut, signedOutAt } from "@/lib/sign-in/providers/sign-out";
import { SignInBrowser } from "@/lib/testing/browser";
import { asNobody, lastEvent, rolledBack } from "@/lib/testing/database";
import { connectionOf, providerRow } from "@/lib/testing/identity-providers";
import { type OidcProvider, oidcClient, startOidcProvider } from "@/lib/testing/oidc-provider";
import { providerCompany } from "@/lib/testing/provider-company";
import { accountNamed, sessionRow, signInThroughPeer } from "@/lib/testing/provider-people";

const slug = "leaving";
let peer: OidcProvider;

beforeAll(async () => {
  const { redirect, signedOut, logout } = ownAddressesOf(slug);
  peer = await startOidcProvider({
    redirectUri: redirect,
    signOut: { signedOutUri: signedOut, logoutUri: logout },
  });
});
afterAll(() => peer.stop());

const later = (minutes: number) => () => new Date(Date.now() + minutes * 60_000);
const jarOf = (...cookies: SetCookie[]) => Object.fromEntries(cookies.map(({ name, value }) => [name, value]));
const valuesOfEvents = (tx: Tx) => tx.select().from(events).leftJoin(eventValues, eq(eventValues.eventId, events.id));
const tokens = (tx: Tx) => tx.select().from(sessionIdTokens);

/** Somebody who has signed in through the provider. */
async function signedIn(tx: Tx) {
  const client = { ...oidcClient, discoveryUrl: peer.discoveryUrl };
  const stage = await providerCompany(tx, client, { slug, name: `Peer ${slug}`, createsUsers: true });
  const { sessionId, jar } = await signInThroughPeer(tx, peer, slug, accountNamed("olga"));
  return { ...stage, sessionId, jar, visitor: asNobody(tx), session: await sessionRow(tx, sessionId) };
}

/** The same, signed out here. `offer`: the cookies of the browser then. */
async function signedOut(tx: Tx) {
  const stage = await signedIn(tx);
  expect(await endOwnSession(stage.visitor, { id: stage.sessionId })).toEqual({ atProvider: true });
  return { ...stage, offer: jarOf(offerSignOut(stage.sessionId, new Date())) };
}

test("I7: after a sign-out here the provider is offered, learns whom from the ID token, and leads back", () =>
  rolledBack(async (tx) => {
    const { visitor, offer, sessionId, jar } = await signedOut(tx);
    expect(await offeredSignOut(tx, offer, new Date())).toEqual({ name: "Peer leaving" });
    const { url, cookies } = await beginSignOut(visitor, offer);
    const asked = new URL(url);
    expect(asked.origin).toBe(peer.issuer);
    expect(asked.searchParams.get("post_logout_redirect_uri")).toBe(ownAddressesOf(slug).signedOut);
    expect(asked.searchParams.get("client_id")).toBe("gatehouse/console");
    expect(asked.searchParams.get("id_token_hint")).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await lastEvent(tx)).toMatchObject({
      operation: "session.sign_out",
      targetId: sessionId,
      values: { "fact.provider": "Peer leaving" },
    });
    const back = await peer.leave(url, jar);
    expect(back.href.split("?")[0]).toBe(ownAddressesOf(slug).signedOut);
    const state = back.searchParams.get("state");
    expect(await signedOutAt(tx, jarOf(...cookies), state, new Date())).toBe("Peer leaving");
    for (const other of [undefined, "", `${state}x`, ["x"]])
      expect(await signedOutAt(tx, jarOf(...cookies), other, new Date())).toBeNull();
    expect(await signedOutAt(tx, {}, state, new Date())).toBeNull();
  }));

test("the ID token is encrypted, in no event, used once, and a second press leads there without it", () =>
  rolledBack(async (tx) => {
    const { visitor, offer } = await signedOut(tx);
    const [stored] = await tokens(tx);
    expect(stored?.sealed).toMatch(/^v1\./);
    const first = new URL((await beginSignOut(visitor, offer)).url).searchParams.get("id_token_hint") ?? "";
    expect(stored?.sealed).not.toContain(first.slice(0, 20));
    expect(await tokens(tx)).toEqual([]);
    const told = await valuesOfEvents(tx);
    expect(JSON.stringify(told)).not.toContain(first.split(".")[1]);
    const again = new URL((await beginSignOut(visitor, offer)).url).searchParams;
    expect(again.has("id_token_hint")).toBe(false);
    expect(again.get("client_id")).toBe("gatehouse/console");
    expect(await valuesOfEvents(tx)).toHaveLength(told.length);
  }));

test("a session that moves to its next stage keeps it under its new id", () =>
  rolledBack(async (tx) => {
    const { session, sessionId } = await signedIn(tx);
    const access = await loadAccess(tx, session.userId, new Date());
    const ctx = createContext(tx, personActor({ id: session.userId, sessionId, access }));
    const renewed = await renewSession(ctx, tx, { stage: "open" });
    expect((await tokens(tx)).map((row) => row.sessionId)).toEqual([renewed]);
    expect(await endOwnSession(asNobody(tx), { id: renewed })).toEqual({ atProvider: true });
    const begun = await beginSignOut(asNobody(tx), jarOf(offerSignOut(renewed, new Date())));
    expect(new URL(begun.url).searchParams.has("id_token_hint")).toBe(true);
  }));

test("a session that ends in another way takes it along, and nothing is offered", () =>
  rolledBack(async (tx) => {
    const { ctx, session, sessionId } = await signedIn(tx);
    await endAllSessions(ctx, { userId: session.userId });
    expect(await tokens(tx)).toEqual([]);
    expect(await offeredSignOut(tx, jarOf(offerSignOut(sessionId, new Date())), new Date())).toBeNull();
  }));

test("housekeeping drops it a quarter of an hour after a sign-out, and once time has ended a session", () =>
  rolledBack(async (tx) => {
    const { offer, visitor } = await signedOut(tx);
    const other = await signInThroughPeer(tx, peer, slug, accountNamed("otto"));
    await forgetSignOuts(visitor);
    expect(await tokens(tx)).toHaveLength(2);
    const at = later(16);
    await forgetSignOuts({ ...visitor, now: at });
    expect((await tokens(tx)).map((row) => row.sessionId)).toEqual([other.sessionId]);
    expect(await offeredSignOut(tx, offer, at())).toBeNull();
    await forgetSignOuts({ ...visitor, now: later(13 * 60) });
    expect(await tokens(tx)).toEqual([]);
  }));

test("a provider that is disabled is still offered, and a draft is not: it may lead elsewhere by now", () =>
  rolledBack(async (tx) => {
    const { ctx, offer, provider } = await signedOut(tx);
    await disableProvider(ctx, { id: provider.id });
    expect(await offeredSignOut(tx, offer, new Date())).toEqual({ name: "Peer leaving" });
    const row = await providerRow(tx, provider.id);
    await updateConnection(ctx, { ...connectionOf(row), scopes: ["openid", "email"] });
    expect(await offeredSignOut(tx, offer, new Date())).toBeNull();
    await expect(beginSignOut(asNobody(tx), offer)).rejects.toMatchObject({ code: "precondition" });
  }));

test("an open session, somebody else's cookie and no cookie offer nothing", () =>
  rolledBack(async (tx) => {
    const { sessionId } = await signedIn(tx);
    const open = jarOf(offerSignOut(sessionId, new Date()));
    expect(await offeredSignOut(tx, open, new Date())).toBeNull();
    const [name = ""] = Object.keys(open);
    expect(await offeredSignOut(tx, { [name]: "v1.AAAA" }, new Date())).toBeNull();
    expect(await offeredSignOut(tx, {}, new Date())).toBeNull();
    await expect(beginSignOut(asNobody(tx), open)).rejects.toMatchObject({ code: "precondition" });
  }));

test("the next person to sign in at this browser is not offered the sign-out of the person before", () =>
  rolledBack(async (tx) => {
    const { offer } = await signedOut(tx);
    const browser = new SignInBrowser();
    const [[name = "", value = ""] = []] = Object.entries(offer);
    browser.jar.set(name, value);
    peer.signsIn(accountNamed("piet"));
    const begun = await beginSignIn(asNobody(tx), { slug, next: "/" });
    browser.keep(begun);
    await browser.callback(slug, (await peer.visit(begun.url)).searchParams);
    expect(browser.jar.has(cookieName())).toBe(true);
    expect(browser.jar.has(name)).toBe(false);
  }));

test("a provider that does not answer is said so, and the ID token stays for another try", () =>
  rolledBack(async (tx) => {
    const { offer, visitor, provider } = await signedOut(tx);
    const discoveryUrl = "http://127.0.0.1:9/.well-known/openid-configuration";
    await tx.update(identityProviders).set({ discoveryUrl }).where(eq(identityProviders.id, provider.id));
    await expect(beginSignOut(visitor, offer)).rejects.toMatchObject({
      code: "precondition",
      message: "Peer leaving does not answer at the moment. You are signed out of Gatehouse.",
    });
    expect(await tokens(tx)).toHaveLength(1);
  }));
