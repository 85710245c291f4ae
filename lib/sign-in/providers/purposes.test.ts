import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import {
  authenticators,
  awaitedIdentities,
  identities,
  identityProviders,
  passwords,
  sessions,
  users,
} from "@/db/schema";
import { cookieName } from "@/lib/auth/cookie";
import { stepUpLasts } from "@/lib/auth/step-up";
import type { Ctx, Person } from "@/lib/context";
import { proofWays } from "@/lib/factors/queries";
import { disableProvider } from "@/lib/identity-providers/commands/state";
import { redirectUriOf } from "@/lib/identity-providers/queries";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { beginSignIn } from "@/lib/sign-in/providers/flow";
import { beginConfirm, beginLink } from "@/lib/sign-in/providers/purposes";
import type { SignInBrowser } from "@/lib/testing/browser";
import { refused } from "@/lib/testing/company";
import { asNobody, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { hostileClient } from "@/lib/testing/hostile-provider";
import { mailsTo, setUpMail } from "@/lib/testing/mails";
import { type Account, type OidcProvider, oidcClient, startOidcProvider } from "@/lib/testing/oidc-provider";
import { linked, providerCompany, sessionIn, signedIn } from "@/lib/testing/provider-company";

let real: OidcProvider;
const hostile = hostilePeer();
beforeAll(async () => {
  real = await startOidcProvider({ redirectUri: redirectUriOf("northwind") });
});
afterAll(() => real.stop());

const account = (more: Partial<Account> = {}): Account => ({
  sub: "eve-1",
  email: "eve@elsewhere.example",
  email_verified: false,
  ...more,
});

const atReal = (tx: Tx) => providerCompany(tx, { ...oidcClient, discoveryUrl: real.discoveryUrl });
const atHostile = (tx: Db | Tx) => providerCompany(tx, { ...hostileClient, discoveryUrl: hostile.discoveryUrl });

const pathOf = (url: URL) => url.pathname + url.search;
const stale = new Date(Date.now() - 2 * stepUpLasts);
const rowOf = async (tx: Tx, id: string) => (await tx.select().from(sessions).where(eq(sessions.id, id)))[0]!;
const counts = async (tx: Tx) => [await tx.$count(users), await tx.$count(sessions)];

type Someone = { ctx: Ctx<Person>; browser: SignInBrowser };

/** Links at oidc-provider as this account. */
async function link({ ctx, browser }: Someone, provider: { id: string }, who: Account | null = account()) {
  real.signsIn(who);
  const begun = await beginLink(ctx, { id: provider.id, next: "/account/security" });
  browser.keep(begun);
  return browser.callback("northwind", (await real.visit(begun.url)).searchParams);
}

describe("linking one's own account (I5)", () => {
  test("links whom the provider proves, whatever it says about the email, and makes no session", () =>
    rolledBack(async (tx) => {
      const { eve, provider } = await atReal(tx);
      await setUpMail(tx);
      await tx.update(identityProviders).set({ domains: ["northwind.example"] });
      const theirs = await signedIn(tx, eve);
      const before = await counts(tx);
      expect(pathOf(await link(theirs, provider))).toBe("/account/security?link=passed&provider=northwind");
      const known = await tx.select().from(identities);
      expect(known).toMatchObject([
        { userId: eve.id, providerId: provider.id, issuer: real.issuer, subject: "eve-1", lastSignInAt: null },
      ]);
      expect(await counts(tx)).toEqual(before);
      expect(await sessionIn(tx, theirs.browser)).toMatchObject({ id: theirs.session.id, identityId: null });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "identity.link",
        outcome: "succeeded",
        actorId: eve.id,
        personId: eve.id,
        targetId: known[0]!.id,
        values: { "fact.provider": "Northwind", "change.account": [null, "eve@elsewhere.example"] },
      });
      const [mail] = await mailsTo(tx, eve.email);
      expect(mail).toMatchObject({ values: { what: "Your account was linked to Northwind." } });

      const browser = theirs.browser;
      browser.jar.clear();
      const begun = await beginSignIn(asNobody(tx), { slug: "northwind", next: "/account" });
      browser.keep(begun);
      await browser.callback("northwind", (await real.visit(begun.url)).searchParams);
      expect(await sessionIn(tx, browser)).toMatchObject({ userId: eve.id, identityId: known[0]!.id });
    }));

  test("asks the provider for a new sign-in, so that the person who is signed in there is not linked unseen", () =>
    rolledBack(async (tx) => {
      const { eve, provider } = await atReal(tx);
      const { ctx, browser } = await signedIn(tx, eve);
      const jar = new Map<string, string>();
      real.signsIn(account());
      const begun = await beginSignIn(asNobody(tx), { slug: "northwind", next: "/" });
      await real.visit(begun.url, jar);
      const asked = real.asked;
      await real.visit((await beginSignIn(asNobody(tx), { slug: "northwind", next: "/" })).url, jar);
      expect(real.asked, "a sign-in continues by the session there").toBe(asked);
      // oidc-provider 9.13 counts whole seconds, and takes a session of the same second for a new one.
      await expect
        .poll(() => Math.floor(Date.now() / 1000), { timeout: 5_000 })
        .toBeGreaterThan(Math.floor(Date.now() / 1000));
      const linking = await beginLink(ctx, { id: provider.id, next: "/" });
      browser.keep(linking);
      await real.visit(linking.url, jar);
      expect(real.asked).toBe(asked + 1);
    }));

  test("requires a fresh proof, a provider that is enabled, and the person's own account", () =>
    rolledBack(async (tx) => {
      const { ctx, eve, provider } = await atReal(tx);
      const old = await signedIn(tx, eve, { verifiedAt: stale });
      await expect(link(old, provider)).rejects.toEqual(refused("stale"));
      await disableProvider(ctx, { id: provider.id });
      const closed = refused("precondition", /^This provider is not enabled at the moment\.$/);
      const theirs = await signedIn(tx, eve);
      await expect(link(theirs, provider), "and its name is not revealed").rejects.toEqual(closed);
      await expect(link(theirs, eve), "as if there were none").rejects.toEqual(closed);
      expect(await tx.$count(identities)).toBe(0);
    }));

  test("a proof that has become old at the provider links nothing", () =>
    rolledBack(async (tx) => {
      const { eve, provider } = await atReal(tx);
      const theirs = await signedIn(tx, eve);
      real.signsIn(account());
      const begun = await beginLink(theirs.ctx, { id: provider.id, next: "/account/security" });
      theirs.browser.keep(begun);
      await tx.update(sessions).set({ verifiedAt: stale }).where(eq(sessions.id, theirs.session.id));
      const landed = await theirs.browser.callback("northwind", (await real.visit(begun.url)).searchParams);
      expect(landed.searchParams.get("link")).toBe("again");
      expect(await tx.$count(identities)).toBe(0);
    }));

  test("R16: a person who has begun a view by then links nothing, to either account", () =>
    rolledBack(async (tx) => {
      const { eve, provider } = await atReal(tx);
      const theirs = await signedIn(tx, eve);
      const viewed = await makeUser(tx, { username: "viewed" });
      real.signsIn(account());
      const begun = await beginLink(theirs.ctx, { id: provider.id, next: "/account/security" });
      theirs.browser.keep(begun);
      const view = { viewingId: viewed.id, viewingUntil: new Date(Date.now() + 60_000) };
      await tx.update(sessions).set(view).where(eq(sessions.id, theirs.session.id));
      await theirs.browser.callback("northwind", (await real.visit(begun.url)).searchParams);
      expect(await tx.$count(identities)).toBe(0);
      expect(await lastEvent(tx)).toMatchObject({ operation: "session.refuse", personId: eve.id });
    }));

  test("refuses what belongs to somebody else, without revealing whose it is", () =>
    rolledBack(async (tx) => {
      const { eve, sam, provider } = await atReal(tx);
      await linked(tx, provider, sam, "eve-1");
      const landed = await link(await signedIn(tx, eve), provider);
      expect(landed.searchParams.get("link")).toBe("linked");
      expect(await tx.select().from(identities)).toMatchObject([{ userId: sam.id }]);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "identity.link", outcome: "refused", personId: eve.id });
      expect(JSON.stringify(event)).not.toContain(sam.id);
    }));

  test("refuses a second identity there, but not beside one of an earlier issuer", () =>
    rolledBack(async (tx) => {
      const { eve, provider } = await atReal(tx);
      await linked(tx, { ...provider, issuer: "https://earlier.example" }, eve, "eve-0");
      const theirs = await signedIn(tx, eve);
      expect((await link(theirs, provider)).searchParams.get("link")).toBe("passed");
      await expect(link(theirs, provider)).rejects.toEqual(refused("precondition", /is already linked/));

      const begunBefore = await signedIn(tx, await makeUser(tx, { username: "twice" }));
      real.signsIn(account({ sub: "twice-1" }));
      const begun = await beginLink(begunBefore.ctx, { id: provider.id, next: "/account/security" });
      begunBefore.browser.keep(begun);
      await linked(tx, provider, { id: begunBefore.ctx.actor.id }, "twice-0");
      const landed = await begunBefore.browser.callback("northwind", (await real.visit(begun.url)).searchParams);
      expect(landed.searchParams.get("link")).toBe("second");
    }));

  test.each<
    [string, (tx: Tx, on: { session: { id: string }; sam: { id: string }; browser: SignInBrowser }) => Promise<unknown>]
  >([
    [
      "the session has ended",
      (tx, { session }) => tx.update(sessions).set({ endedAt: new Date() }).where(eq(sessions.id, session.id)),
    ],
    [
      "somebody else has signed in",
      async (tx, { sam, browser }) =>
        browser.jar.set(cookieName(), (await signedIn(tx, sam)).browser.jar.get(cookieName())!),
    ],
    ["nobody is signed in", async (_, { browser }) => browser.jar.delete(cookieName())],
  ])("links nobody when %s meanwhile", (_, change) =>
    rolledBack(async (tx) => {
      const { eve, sam, provider } = await atReal(tx);
      const theirs = await signedIn(tx, eve);
      real.signsIn(account());
      const begun = await beginLink(theirs.ctx, { id: provider.id, next: "/account/security" });
      theirs.browser.keep(begun);
      await change(tx, { ...theirs, sam });
      const before = await counts(tx);
      const landed = await theirs.browser.callback("northwind", (await real.visit(begun.url)).searchParams);
      expect(pathOf(landed)).toBe("/account/security?link=session&provider=northwind");
      expect(await tx.$count(identities)).toBe(0);
      expect(await counts(tx)).toEqual(before);
    }),
  );

  test.each<[string, object, string]>([
    ["is disabled", { state: "disabled" }, "off"],
    ["gets other settings", { connectionId: "0198f0f5-0000-7000-8000-000000000000" }, "again"],
  ])("links nobody when the provider %s meanwhile", (_, columns, word) =>
    rolledBack(async (tx) => {
      const { eve, provider } = await atReal(tx);
      const { ctx, browser } = await signedIn(tx, eve);
      real.signsIn(account());
      const begun = await beginLink(ctx, { id: provider.id, next: "/account/security" });
      browser.keep(begun);
      await tx.update(identityProviders).set(columns);
      const landed = await browser.callback("northwind", (await real.visit(begun.url)).searchParams);
      expect(landed.searchParams.get("link")).toBe(word);
      expect(await tx.$count(identities)).toBe(0);
    }),
  );

  test("a cancel says so, and its event is no refused sign-in", () =>
    rolledBack(async (tx) => {
      const { eve, provider } = await atReal(tx);
      const landed = await link(await signedIn(tx, eve), provider, null);
      expect(landed.searchParams.get("link")).toBe("cancelled");
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "session.refuse", personId: eve.id });
      expect(event.values).toMatchObject({ "fact.purpose": "link", "fact.provider": "Northwind" });
    }));

  test("a purpose that is too old, forged or of another provider never becomes a sign-in", () =>
    rolledBack(async (tx) => {
      const { eve, provider } = await atReal(tx);
      await linked(tx, provider, eve, "eve-1");
      real.signsIn(account());
      for (const forged of ["garbage", "v1.AAAA"]) {
        const { browser } = await signedIn(tx, eve);
        browser.jar.delete(cookieName());
        const begun = await beginSignIn(asNobody(tx), { slug: "northwind", next: "/account" });
        browser.keep(begun);
        browser.jar.set("gatehouse_purpose_northwind", forged);
        const landed = await browser.callback("northwind", (await real.visit(begun.url)).searchParams);
        expect(landed.searchParams.get("error")).toBe("again");
        expect(await sessionIn(tx, browser)).toBeNull();
        expect(browser.jar.has("gatehouse_purpose_northwind")).toBe(false);
      }
    }));

  test("what an administrator has prepared there waits no longer", () =>
    rolledBack(async (tx) => {
      const { ada, eve, provider } = await atReal(tx);
      const awaited = { providerId: provider.id, userId: eve.id, madeBy: ada.id, endsAt: new Date(Date.now() + 1e6) };
      await tx.insert(awaitedIdentities).values({ ...awaited, email: eve.email, emailKey: eve.emailKey });
      await link(await signedIn(tx, eve), provider);
      expect(await tx.$count(awaitedIdentities)).toBe(0);
    }));
});

test("of people who link one account there at the same moment, one has it, and the others are refused", () =>
  withFreshDatabase("linking_at_once", async (db) => {
    const { eve, sam, quinn, provider } = await atHostile(db);
    hostile.behave({}, { sub: "shared-1" });
    const words = await Promise.all(
      [eve, sam, quinn].map(async (person) => {
        const { ctx, browser } = await signedIn(db, person);
        const begun = await beginLink(ctx, { id: provider.id, next: "/account/security" });
        browser.keep(begun);
        const landed = await browser.callback("northwind", hostile.authorize(begun.url));
        return landed.searchParams.get("link");
      }),
    );
    expect(words.toSorted()).toEqual(["linked", "linked", "passed"]);
    expect(await db.$count(identities)).toBe(1);
  }));

describe("confirming at the provider (S8)", () => {
  /** Eve, whom the provider knows, in a session whose proof is old. */
  async function stage(tx: Tx, on: Awaited<ReturnType<typeof atReal>>) {
    await linked(tx, on.provider, on.eve, "eve-1");
    return { ...on, ...(await signedIn(tx, on.eve, { verifiedAt: stale })) };
  }

  async function confirm({ ctx, browser }: Someone, who: Account | null = account()) {
    real.signsIn(who);
    const begun = await beginConfirm(ctx, { slug: "northwind", next: "/confirm/northwind" });
    browser.keep(begun);
    return browser.callback("northwind", (await real.visit(begun.url)).searchParams);
  }

  test("makes the session fresh, and no other one", () =>
    rolledBack(async (tx) => {
      const { eve, session, ...theirs } = await stage(tx, await atReal(tx));
      const before = await counts(tx);
      expect(await proofWays(theirs.ctx)).toEqual({
        password: false,
        code: false,
        passkey: false,
        providers: [{ slug: "northwind", name: "Northwind" }],
      });
      expect(pathOf(await confirm(theirs))).toBe("/confirm/northwind?confirm=passed");
      expect(await counts(tx)).toEqual(before);
      expect(Date.now() - (await rowOf(tx, session.id)).verifiedAt.getTime()).toBeLessThan(5_000);
      expect(await lastEvent(tx)).toMatchObject({
        operation: "session.verify",
        outcome: "succeeded",
        actorId: eve.id,
        personId: eve.id,
        values: { "fact.provider": "Northwind" },
      });
    }));

  test("asks for a new sign-in, and names the account that is linked", () =>
    rolledBack(async (tx) => {
      const { ctx } = await stage(tx, await atReal(tx));
      const claims = {
        username: "eve",
        email: "eve@elsewhere.example",
        firstName: null,
        lastName: null,
        emailVerified: true,
      };
      await tx.update(identities).set({ claims });
      const { url } = await beginConfirm(ctx, { slug: "northwind", next: "/" });
      const asked = new URL(url).searchParams;
      expect(asked.get("max_age")).toBe("0");
      expect(asked.get("login_hint")).toBe("eve@elsewhere.example");
      expect(asked.get("prompt")).toBeNull();
    }));

  test("refuses another account, a cancel, and another session, each with its word; nothing is fresh", () =>
    rolledBack(async (tx) => {
      const { session, sam, provider, ...theirs } = await stage(tx, await atReal(tx));
      await linked(tx, provider, sam, "sam-1");
      for (const sub of ["sam-1", "nobody-1"]) {
        expect((await confirm(theirs, account({ sub }))).searchParams.get("confirm")).toBe("other");
        expect(await lastEvent(tx)).toMatchObject({ operation: "session.verify", outcome: "refused" });
      }
      expect((await confirm(theirs, null)).searchParams.get("confirm")).toBe("cancelled");
      theirs.browser.jar.set(cookieName(), (await signedIn(tx, sam)).browser.jar.get(cookieName())!);
      expect((await confirm(theirs)).searchParams.get("confirm")).toBe("session");
      expect((await rowOf(tx, session.id)).verifiedAt).toEqual(stale);
    }));

  const soon = () => Math.floor(Date.now() / 1000);
  test.each<[string, string, object]>([
    ["undated", "none", {}],
    ["undated", "a text", { auth_time: String(soon()) }],
    ["old", "one of an earlier sign-in", { auth_time: soon() - 3_600 }],
    ["old", "one from the future", { auth_time: soon() + 3_600 }],
    ["passed", "one of this moment", { auth_time: soon() }],
  ])("%s: auth_time is %s", (word, _, more) =>
    rolledBack(async (tx) => {
      const { ctx, browser, session } = await stage(tx, await atHostile(tx));
      hostile.behave({ claims: (claims) => ({ ...claims, ...more }) }, { sub: "eve-1" });
      const begun = await beginConfirm(ctx, { slug: "northwind", next: "/confirm/northwind" });
      browser.keep(begun);
      const landed = await browser.callback("northwind", hostile.authorize(begun.url));
      expect(landed.searchParams.get("confirm")).toBe(word);
      const fresh = Date.now() - (await rowOf(tx, session.id)).verifiedAt.getTime() < stepUpLasts;
      expect(fresh).toBe(word === "passed");
    }),
  );

  test("userinfo cannot say it in place of the ID token", () =>
    rolledBack(async (tx) => {
      const { ctx, browser } = await stage(tx, await atHostile(tx));
      hostile.behave({}, { sub: "eve-1", auth_time: soon() });
      const begun = await beginConfirm(ctx, { slug: "northwind", next: "/confirm/northwind" });
      browser.keep(begun);
      const landed = await browser.callback("northwind", hostile.authorize(begun.url));
      expect(landed.searchParams.get("confirm")).toBe("undated");
    }));

  test("is no way for a person with a factor, or a password that counts", () =>
    rolledBack(async (tx) => {
      const { eve, sam, ada, provider, ctx } = await stage(tx, await atReal(tx));
      const start = () => beginConfirm(ctx, { slug: "northwind", next: "/" });
      const begun = await start();
      await tx.insert(passwords).values({ userId: eve.id, hash: "hash" });
      expect(await proofWays(ctx)).toMatchObject({ password: true, providers: [] });
      await expect(start()).rejects.toEqual(refused("precondition", /not how you confirm/));
      await tx.update(passwords).set({ setBy: sam.id });
      expect(await proofWays(ctx), "the person who set it could act on her").toMatchObject({ password: true });
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, sam.id));
      expect(await proofWays(ctx), "and has left").toMatchObject({
        password: false,
        providers: [{ slug: "northwind" }],
      });
      await tx.insert(authenticators).values({ userId: eve.id, secret: "sealed", confirmedAt: new Date() });
      expect(await proofWays(ctx)).toMatchObject({ password: false, code: true, providers: [] });

      const { browser } = await signedIn(tx, eve);
      browser.keep(begun);
      real.signsIn(account());
      const late = await browser.callback("northwind", (await real.visit(begun.url)).searchParams);
      expect(late.searchParams.get("confirm"), "begun before, in another session").toBe("session");
      await linked(tx, provider, ada, "ada-1");
      expect(await proofWays((await signedIn(tx, ada)).ctx), "no password is kept").toMatchObject({ password: false });
    }));

  test("a factor that was added meanwhile is asked for instead", () =>
    rolledBack(async (tx) => {
      const { eve, ctx, browser, session } = await stage(tx, await atReal(tx));
      real.signsIn(account());
      const begun = await beginConfirm(ctx, { slug: "northwind", next: "/confirm/northwind" });
      browser.keep(begun);
      await tx.insert(authenticators).values({ userId: eve.id, secret: "sealed", confirmedAt: new Date() });
      const landed = await browser.callback("northwind", (await real.visit(begun.url)).searchParams);
      expect(landed.searchParams.get("confirm")).toBe("again");
      expect((await rowOf(tx, session.id)).verifiedAt).toEqual(stale);
    }));

  test("works while a second factor is being enrolled, and at no other stage", () =>
    rolledBack(async (tx) => {
      const { eve, session, ...theirs } = await stage(tx, await atReal(tx));
      await tx.update(sessions).set({ stage: "enrol_factor" }).where(eq(sessions.id, session.id));
      expect((await confirm(theirs)).searchParams.get("confirm")).toBe("passed");
      await tx.update(sessions).set({ stage: "new_password", verifiedAt: stale }).where(eq(sessions.id, session.id));
      expect((await confirm(theirs)).searchParams.get("confirm")).toBe("session");
      expect(await rowOf(tx, session.id)).toMatchObject({ userId: eve.id, verifiedAt: stale });
    }));

  test("opens what requires a fresh proof", () =>
    rolledBack(async (tx) => {
      const on = await atReal(tx);
      await linked(tx, on.provider, on.ada, "ada-1");
      const { session, ...theirs } = await signedIn(tx, on.ada, { verifiedAt: stale });
      const reset = () => resetPassword(theirs.ctx, { id: on.eve.id, way: "link" });
      await expect(reset()).rejects.toEqual(refused("stale"));
      await confirm(theirs, account({ sub: "ada-1" }));
      await reset();
    }));
});

describe("a sign-in is a proof of when the provider says (S8)", () => {
  test.each<[string, number | undefined, boolean]>([
    ["an hour ago", 3_600, false],
    ["a minute ago", 60, true],
    ["it does not say", undefined, false],
  ])("%s", (_, seconds, fresh) =>
    rolledBack(async (tx) => {
      const on = await atHostile(tx);
      await linked(tx, on.provider, on.eve, "eve-1");
      const time = seconds === undefined ? {} : { auth_time: Math.floor(Date.now() / 1000) - seconds };
      hostile.behave({ claims: (claims) => ({ ...claims, ...time }) }, { sub: "eve-1" });
      const { browser } = await signedIn(tx, on.sam);
      browser.jar.clear();
      const begun = await beginSignIn(asNobody(tx), { slug: "northwind", next: "/" });
      browser.keep(begun);
      await browser.callback("northwind", hostile.authorize(begun.url));
      const started = await sessionIn(tx, browser);
      expect(started?.userId).toBe(on.eve.id);
      expect(Date.now() - started!.verifiedAt.getTime() < stepUpLasts).toBe(fresh);
    }),
  );
});
