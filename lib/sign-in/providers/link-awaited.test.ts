import { desc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { awaitedIdentities, events, eventValues, identities, identityProviders, userRoles, users } from "@/db/schema";
import type { Ctx, Person } from "@/lib/context";
import { cancelLink, prepareLink } from "@/lib/identity-providers/commands/prepare-link";
import { disableProvider } from "@/lib/identity-providers/commands/state";
import { forgetAwaited } from "@/lib/identity-providers/identities";
import { awaitedLinks, linkableProviders } from "@/lib/identity-providers/linkable";
import type { CreateProvider } from "@/lib/identity-providers/schema";
import { beginSignIn } from "@/lib/sign-in/providers/flow";
import { SignInBrowser } from "@/lib/testing/browser";
import { refused, wrongField } from "@/lib/testing/company";
import { as, asNobody, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { hostileClient } from "@/lib/testing/hostile-provider";
import { mailsTo, setUpMail } from "@/lib/testing/mails";
import { linked, providerCompany, sessionIn } from "@/lib/testing/provider-company";
import { archiveUser } from "@/lib/users/commands/archive";
import { disableUser } from "@/lib/users/commands/disable";
import { purgeUser } from "@/lib/users/commands/purge";

const peer = hostilePeer();

const address = "Eve@Elsewhere.example";

/** Hal may help everybody who is no more than an engineer. */
async function stage(tx: Db | Tx, more: Partial<CreateProvider> = {}) {
  const on = await providerCompany(tx, { ...hostileClient, discoveryUrl: peer.discoveryUrl }, more);
  const hal = await makeUser(tx, { username: "hal", roles: ["Admin"], primaryRole: "Quality Manager" });
  const prepare = async (by: { id: string } = hal, email = address, userId = on.eve.id) =>
    prepareLink(await as(tx, by), { userId, providerId: on.provider.id, email });
  return { ...on, hal, prepare };
}

/** Signs in as somebody about whom the provider sends this. */
async function signIn(tx: Tx, claims: object, now?: () => Date) {
  peer.behave({}, { sub: "eve-1", email: "eve@elsewhere.example", email_verified: true, ...claims });
  const browser = new SignInBrowser();
  const visitor: Ctx = { ...asNobody(tx), ...(now && { now }) };
  const begun = await beginSignIn(visitor, { slug: "northwind", next: "/account" });
  browser.keep(begun);
  const landed = await browser.callback("northwind", peer.authorize(begun.url));
  return { landed, session: await sessionIn(tx, browser) };
}

const errorOf = ({ landed }: { landed: URL }) => landed.searchParams.get("error");

describe("a link that an administrator has prepared (I5)", () => {
  test("is made by the first sign-in with that address, once, and logged with the administrator who prepared it", () =>
    rolledBack(async (tx) => {
      const { eve, hal, provider, prepare } = await stage(tx);
      await setUpMail(tx);
      await prepare();
      expect(await lastEvent(tx)).toMatchObject({
        operation: "identity.prepare",
        actorId: hal.id,
        personId: eve.id,
        values: { "fact.provider": "Northwind", "change.email": [null, address] },
      });
      const { landed, session } = await signIn(tx, {});
      expect(landed.pathname).toBe("/account");
      expect(session).toMatchObject({ userId: eve.id });
      expect(await tx.select().from(identities)).toMatchObject([
        { userId: eve.id, providerId: provider.id, subject: "eve-1", issuer: peer.issuer },
      ]);
      expect(await tx.$count(awaitedIdentities)).toBe(0);
      const mails = await mailsTo(tx, eve.email);
      expect(mails.map(({ values }) => values.what)).toEqual([
        "An administrator has given Eve@Elsewhere.example at Northwind access to your account.",
        "Your account was linked to Northwind.",
      ]);
      expect(errorOf(await signIn(tx, { sub: "another-1" })), "it is used up").toBe("unknown");
      expect((await signIn(tx, { email: "moved@elsewhere.example" })).session).toMatchObject({ userId: eve.id });
    }));

  test("its event names the administrator who prepared it by id alone, so that a purge leaves no name behind (U14)", () =>
    rolledBack(async (tx) => {
      const { eve, hal, prepare } = await stage(tx);
      await prepare();
      await signIn(tx, {});
      const [event] = await tx
        .select({ event: events, values: eventValues.values })
        .from(events)
        .innerJoin(eventValues, eq(eventValues.eventId, events.id))
        .where(eq(events.operation, "identity.redeem"))
        .orderBy(desc(events.id));
      expect(event?.event).toMatchObject({ outcome: "succeeded", actorKind: "nobody", personId: eve.id });
      expect(JSON.stringify(event?.values)).toContain(`user:${hal.id}`);
    }));

  test.each<[string, object, Partial<CreateProvider>, string]>([
    ["an address that is not verified", { email_verified: false }, {}, "unknown"],
    ["another address", { email: "eve@elsewhere.example.evil" }, {}, "unknown"],
    ["no address", { email: undefined }, {}, "unknown"],
    [
      "an address in a claim that is not verified",
      { email: "x@y.example", upn: "eve@elsewhere.example" },
      {},
      "unknown",
    ],
  ])("is not made by %s", (_, claims, more, code) =>
    rolledBack(async (tx) => {
      const { prepare } = await stage(tx, more);
      await prepare();
      expect(errorOf(await signIn(tx, claims))).toBe(code);
      expect(await tx.$count(identities)).toBe(0);
      expect(await tx.$count(awaitedIdentities)).toBe(1);
    }),
  );

  test("is made by an address that counts as verified at this provider, and not by one that its domains have left", () =>
    rolledBack(async (tx) => {
      const { provider, prepare } = await stage(tx, { trustsEmail: true, domains: ["elsewhere.example"] });
      await prepare();
      await tx.update(identityProviders).set({ domains: ["other.example"] });
      expect(errorOf(await signIn(tx, { email_verified: undefined }))).toBe("unknown");
      await tx.update(identityProviders).set({ domains: provider.domains });
      expect(errorOf(await signIn(tx, { email_verified: undefined }))).toBeNull();
    }));

  test("is not made after 30 days, once it is cancelled, or by a person who is somebody else here already", () =>
    rolledBack(async (tx) => {
      const { ctx, sam, eve, provider, prepare } = await stage(tx);
      await prepare();
      await linked(tx, provider, sam, "sam-1");
      expect((await signIn(tx, { sub: "sam-1" })).session, "who somebody is, no address decides").toMatchObject({
        userId: sam.id,
      });
      await tx.update(awaitedIdentities).set({ endsAt: new Date(Date.now() - 1) });
      expect(errorOf(await signIn(tx, {}))).toBe("unknown");
      expect(await awaitedLinks(ctx, eve.id)).toEqual([]);
      await prepare();
      const [waiting] = await awaitedLinks(ctx, eve.id);
      expect(waiting).toMatchObject({ provider: "Northwind", email: address, outgrown: false });
      const days = (waiting!.endsAt.getTime() - Date.now()) / 86_400_000;
      expect(days).toBeGreaterThan(29.9);
      expect(days).toBeLessThanOrEqual(30);
      await cancelLink(ctx, { id: waiting!.id });
      expect(await lastEvent(tx)).toMatchObject({ operation: "identity.cancel", personId: eve.id });
      expect(errorOf(await signIn(tx, {}))).toBe("unknown");
    }));
});

test("several sign-ins of one person at the same moment make one link, and all are signed in", () =>
  withFreshDatabase("awaited_links", async (db) => {
    const { eve, prepare } = await stage(db);
    await prepare();
    peer.behave({}, { sub: "eve-1", email: "eve@elsewhere.example", email_verified: true });
    const landed = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const browser = new SignInBrowser();
        const begun = await beginSignIn(asNobody(db), { slug: "northwind", next: "/account" });
        browser.keep(begun);
        return browser.callback("northwind", peer.authorize(begun.url));
      }),
    );
    expect(landed.map(({ pathname }) => pathname)).toEqual(["/account", "/account", "/account", "/account"]);
    expect(await db.$count(identities, eq(identities.userId, eve.id))).toBe(1);
  }));

describe("is checked again when it is used (R15)", () => {
  test.each<[string, (tx: Tx, on: Awaited<ReturnType<typeof stage>>) => Promise<unknown>]>([
    [
      "the user has become an auditor, and the maker is no administrator any more",
      async (tx, { eve, hal }) => {
        await tx.insert(userRoles).values({ userId: eve.id, roleId: (await roleNamed(tx, "Auditor")).id });
        await tx.delete(userRoles).where(eq(userRoles.userId, hal.id));
      },
    ],
    ["the maker was disabled", async (_, { ctx, hal }) => disableUser(ctx, { id: hal.id, reason: "", until: null })],
    [
      "the maker was archived",
      async (_, { ctx, hal }) => archiveUser(ctx, { id: hal.id, owners: [], managerId: null }),
    ],
    [
      "the maker was purged",
      async (_, { ctx, hal }) => {
        await archiveUser(ctx, { id: hal.id, owners: [], managerId: null });
        await purgeUser(ctx, { id: hal.id, username: "hal" });
      },
    ],
  ])("not when %s", (_, change) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { id } = await roleNamed(tx, "Quality Engineer");
      await tx.update(identityProviders).set({ createsUsers: true, defaultRoleId: id, ceilingRoleIds: [id] });
      await on.prepare();
      await change(tx, on);
      expect(await awaitedLinks(on.ctx, on.eve.id)).toMatchObject([{ outgrown: true }]);
      const before = await tx.$count(users);
      expect(errorOf(await signIn(tx, {}))).toBe("outgrown");
      expect(await tx.$count(identities)).toBe(0);
      expect(await tx.$count(users), "nobody is created in their place").toBe(before);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "identity.redeem", outcome: "refused", personId: on.eve.id });
      expect(event.values["fact.reason"]).toMatch(/may no longer manage/);
    }),
  );

  test("the person who makes it may act on its user, by R13 as for a new password", () =>
    rolledBack(async (tx) => {
      const { lee, quinn, ada, sam, prepare } = await stage(tx);
      await expect(prepare(lee)).rejects.toEqual(refused("forbidden"));
      await expect(prepare(sam)).rejects.toEqual(refused("not_found"));
      await expect(prepare(quinn, "ada@elsewhere.example", ada.id)).rejects.toEqual(refused("not_found"));
      expect(await tx.$count(awaitedIdentities)).toBe(0);
    }));
});

describe("preparing one", () => {
  test("a second click is no second one, and one address and one person wait once at a provider", () =>
    rolledBack(async (tx) => {
      const { ctx, ada, eve, sam, prepare } = await stage(tx);
      const first = await prepare();
      expect(await prepare()).toEqual(first);
      await expect(prepare(ada)).rejects.toEqual(wrongField("providerId", /is already waiting for a sign-in/));
      await expect(prepare(ada, "eve.2@elsewhere.example")).rejects.toEqual(wrongField("providerId", /waiting/));
      await expect(prepare(ada, "EVE@elsewhere.example", sam.id)).rejects.toEqual(
        wrongField("email", /is already waiting for this/),
      );
      expect(await awaitedLinks(ctx, eve.id)).toHaveLength(1);
      await tx.update(awaitedIdentities).set({ endsAt: new Date(Date.now() - 1) });
      await prepare(ada, "eve@elsewhere.example", sam.id);
      expect(await awaitedLinks(ctx, sam.id)).toHaveLength(1);
    }));

  test("requires a provider that is enabled, an address of its domains, and somebody who is not known there", () =>
    rolledBack(async (tx) => {
      const { ctx, eve, hal, provider, prepare } = await stage(tx, { domains: ["northwind.example"] });
      await expect(prepare()).rejects.toEqual(
        wrongField("email", /only signs in people with addresses of northwind.example/),
      );
      expect(await linkableProviders(ctx, eve.id)).toMatchObject([{ id: provider.id }]);
      await linked(tx, provider, eve, "eve-1");
      expect(await linkableProviders(ctx, eve.id)).toEqual([]);
      await expect(prepare(hal, "eve@northwind.example")).rejects.toEqual(refused("precondition", /already linked/));
      await disableProvider(ctx, { id: provider.id });
      await expect(prepare(hal, "eve@northwind.example")).rejects.toEqual(wrongField("providerId", /is enabled/));
      await expect(prepare(hal, "hal@northwind.example", hal.id)).rejects.toEqual(
        refused("precondition", /My profile/),
      );
    }));

  test.each<[string, (ctx: Ctx<Person>, id: string) => Promise<unknown>]>([
    ["disabled", (ctx, id) => disableUser(ctx, { id, reason: "", until: null })],
    ["archived", (ctx, id) => archiveUser(ctx, { id, owners: [], managerId: null })],
  ])("ends with an account that is %s, as links do (U12)", (_, end) =>
    rolledBack(async (tx) => {
      const { ctx, eve, prepare } = await stage(tx);
      await prepare();
      await end(ctx, eve.id);
      expect(await tx.$count(awaitedIdentities)).toBe(0);
      await expect(prepare()).rejects.toEqual(refused("precondition"));
    }),
  );
});

test("one that nobody came for goes away by itself once it is over", () =>
  rolledBack(async (tx) => {
    const { prepare } = await stage(tx);
    await prepare();
    const after = (days: number) =>
      forgetAwaited({ ...asNobody(tx), now: () => new Date(Date.now() + days * 86_400_000) });
    await after(29);
    expect(await tx.$count(awaitedIdentities)).toBe(1);
    await after(31);
    expect(await tx.$count(awaitedIdentities)).toBe(0);
  }));
