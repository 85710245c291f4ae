import { desc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Db, Tx } from "@/db/client";
import {
  authenticators,
  events,
  groupMembers,
  groupRoles,
  groups,
  identities,
  identityProviders,
  providerSecrets,
  sessions,
  userRoles,
  users,
} from "@/db/schema";
import { cookieName, decryptSessionId, encryptSessionId } from "@/lib/auth/cookie";
import { createProvider } from "@/lib/identity-providers/commands/create";
import { disableProvider, enableProvider, recordTest } from "@/lib/identity-providers/commands/state";
import { unlinkIdentity } from "@/lib/identity-providers/commands/unlink";
import { redirectUriOf } from "@/lib/identity-providers/queries";
import type { CreateProvider } from "@/lib/identity-providers/schema";
import { beginSignIn } from "@/lib/sign-in/providers/flow";
import { beginTest } from "@/lib/sign-in/providers/purposes";
import { ProviderRefusal } from "@/lib/sign-in/providers/refusals";
import { SignInBrowser } from "@/lib/testing/browser";
import { company } from "@/lib/testing/company";
import { as, asNobody, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { hostileClient, type Misbehaviour } from "@/lib/testing/hostile-provider";
import { providerForm, providerRow } from "@/lib/testing/identity-providers";
import { type Account, type OidcProvider, oidcClient, startOidcProvider } from "@/lib/testing/oidc-provider";
import { takeForOwn } from "@/lib/testing/process-database";
import { updateUser } from "@/lib/users/commands/update";

const source = { address: "10.20.4.31", agent: "test", requestId: "req-1" };

let plain: OidcProvider;
let elliptic: OidcProvider;
let edwards: OidcProvider;
const hostile = hostilePeer();

beforeAll(async () => {
  plain = await startOidcProvider({ redirectUri: redirectUriOf("plain"), inIdToken: true });
  elliptic = await startOidcProvider({ redirectUri: redirectUriOf("elliptic"), algorithm: "ES256" });
  edwards = await startOidcProvider({ redirectUri: redirectUriOf("edwards"), algorithm: "EdDSA" });
});
afterAll(() => Promise.all([plain, elliptic, edwards].map((one) => one.stop())));
afterEach(() => {
  vi.restoreAllMocks();
});

const nina: Account = {
  sub: "nina-1",
  preferred_username: "nina.new",
  email: "Nina.New@northwind.example",
  email_verified: true,
  given_name: "Nina",
  family_name: "New",
};

type Made = { id: string; slug: string };

/** A company with an enabled provider, in a transaction that the process takes for its database. */
async function stage(tx: Db | Tx, slug: string, peer: { discoveryUrl: string }, more: Partial<CreateProvider> = {}) {
  takeForOwn(tx);
  const people = await company(tx);
  const primary = await roleNamed(tx, "Quality Engineer");
  const credentials = slug === "hostile" ? hostileClient : oidcClient;
  const ada = await as(tx, people.ada);
  const made = await createProvider(ada, {
    ...providerForm(people.ada.id, peer, { slug, name: slug === "hostile" ? "Hostile" : "Northwind" }),
    ...credentials,
    createsUsers: true,
    defaultRoleId: primary.id,
    ceilingRoleIds: [primary.id],
    ...more,
  });
  const { connectionId } = await providerRow(tx, made.id);
  await recordTest(ada, { id: made.id, connectionId, claims: {} });
  await enableProvider(ada, { id: made.id });
  return { ...people, ctx: ada, provider: { id: made.id, slug } satisfies Made, primary };
}

const visitor = (tx: Db | Tx) => asNobody(tx, source);

/** Signs in at oidc-provider as this account, in this browser. */
async function signIn(
  tx: Tx,
  peer: OidcProvider,
  slug: string,
  account: Account | null,
  browser = new SignInBrowser(),
) {
  peer.signsIn(account);
  const begun = await beginSignIn(visitor(tx), { slug, next: "/account/security" });
  browser.keep(begun);
  const back = await peer.visit(begun.url);
  return { browser, back, landed: await browser.callback(slug, back.searchParams) };
}

const sessionOf = async (tx: Tx, browser: SignInBrowser) => {
  const id = await decryptSessionId(browser.jar.get(cookieName()));
  const [session] = id ? await tx.select().from(sessions).where(eq(sessions.id, id)) : [];
  return session ?? null;
};

const personOf = async (tx: Tx, subject: string) => {
  const [found] = await tx
    .select({ user: users, identity: identities })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(eq(identities.subject, subject));
  return found ?? null;
};

const pathOf = (url: URL) => url.pathname + url.search;

describe.each([
  ["plain", () => plain],
  ["elliptic", () => elliptic],
  ["edwards", () => edwards],
])("oidc-provider, %s", (slug, peer) => {
  test("a first sign-in creates the user and a session at the right stage, the next one finds them (I2)", () =>
    rolledBack(async (tx) => {
      const { provider } = await stage(tx, slug, peer());
      const first = await signIn(tx, peer(), slug, nina);
      expect(first.back.searchParams.get("iss")).toBe(peer().issuer);
      expect(pathOf(first.landed)).toBe("/account/security");
      const { user, identity } = (await personOf(tx, nina.sub))!;
      expect(user).toMatchObject({
        username: "nina.new",
        email: "Nina.New@northwind.example",
        firstName: "Nina",
        lastName: "New",
        configuration: slug,
        status: "active",
      });
      expect(identity).toMatchObject({
        providerId: provider.id,
        issuer: peer().issuer,
        claims: { emailVerified: true },
      });
      expect(await sessionOf(tx, first.browser)).toMatchObject({
        userId: user.id,
        identityId: identity.id,
        stage: "open",
      });
      const told = await tx.select().from(events).orderBy(desc(events.id)).limit(2);
      expect(told).toMatchObject([
        { operation: "session.start", outcome: "succeeded", personId: user.id, actorKind: "nobody" },
        {
          operation: "identity.create",
          outcome: "succeeded",
          personId: user.id,
          actorKind: "provider",
          actorId: provider.id,
        },
      ]);
      expect((await lastEvent(tx)).values["fact.provider"]).toBe("Northwind");

      const second = await signIn(tx, peer(), slug, nina, first.browser);
      expect(pathOf(second.landed)).toBe("/account/security");
      expect(await tx.$count(identities)).toBe(1);
      const ended = await tx.select().from(sessions).where(eq(sessions.userId, user.id)).orderBy(sessions.id);
      expect(ended.map(({ endedReason }) => endedReason)).toEqual(["replaced", null]);
    }));
});

describe("every sign-in", () => {
  test("brings mapped fields up to date as a change by the provider, and says nothing where nothing differs (I3)", () =>
    rolledBack(async (tx) => {
      const { provider } = await stage(tx, "elliptic", elliptic);
      await signIn(tx, elliptic, "elliptic", nina);
      await signIn(tx, elliptic, "elliptic", { ...nina, given_name: "Nina Maria", email: "nm@northwind.example" });
      const { user } = (await personOf(tx, nina.sub))!;
      expect(user).toMatchObject({ firstName: "Nina Maria", email: "nm@northwind.example" });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "identity.update",
        actorKind: "provider",
        actorId: provider.id,
        personId: user.id,
        values: { "change.firstName": ["Nina", "Nina Maria"] },
      });
      await signIn(tx, elliptic, "elliptic", { ...nina, given_name: "Nina Maria", email: "nm@northwind.example" });
      expect((await lastEvent(tx)).operation).toBe("session.start");
      await signIn(tx, elliptic, "elliptic", {
        ...nina,
        given_name: "Nina Maria",
        email: "x@northwind.example",
        email_verified: false,
      });
      expect((await personOf(tx, nina.sub))!.user.email).toBe("nm@northwind.example");
    }));

  test("changes nobody who holds more than its ceiling leaves (R13), and signs them in all the same", () =>
    rolledBack(async (tx) => {
      const { ctx, ...on } = await stage(tx, "elliptic", elliptic);
      await signIn(tx, elliptic, "elliptic", nina);
      const { user } = (await personOf(tx, nina.sub))!;
      const admin = await roleNamed(tx, "Admin");
      await updateUser(ctx, {
        ...{
          id: user.id,
          version: user.version,
          email: user.email,
          firstName: user.firstName,
          lastName: user.lastName,
        },
        ...{ primaryRoleId: on.quinn.primaryRoleId, additionalRoleIds: [admin.id], managerId: null },
        ...{ accessEndsAt: null, password: "", confirmPassword: "" },
      });
      const { landed, browser } = await signIn(tx, elliptic, "elliptic", { ...nina, given_name: "Mallory" });
      expect(pathOf(landed)).toBe("/account/security");
      expect(await sessionOf(tx, browser)).toMatchObject({ userId: user.id, stage: "open" });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "identity.update",
        outcome: "refused",
        personId: user.id,
      });
      expect((await personOf(tx, nina.sub))!.user.firstName).toBe("Nina");
    }));
});

describe("a session that begins so", () => {
  test("owes the second factor that its person has (S7)", () =>
    rolledBack(async (tx) => {
      await stage(tx, "elliptic", elliptic);
      await signIn(tx, elliptic, "elliptic", nina);
      const { user } = (await personOf(tx, nina.sub))!;
      await tx.insert(authenticators).values({ userId: user.id, secret: "sealed", confirmedAt: new Date() });
      const { landed, browser } = await signIn(tx, elliptic, "elliptic", nina);
      expect(pathOf(landed)).toBe("/second-factor?next=%2Faccount%2Fsecurity");
      expect(await sessionOf(tx, browser)).toMatchObject({ stage: "second_factor" });
    }));

  test("keeps what the provider calls its own session, and no character that no text can contain (I7)", () =>
    rolledBack(async (tx) => {
      const { provider } = await stage(tx, "hostile", hostile);
      hostile.behave(
        { claims: (c) => ({ ...c, sid: "their-session" }) },
        { ...nina, sub: "odd", given_name: "Ni\0\ud800na", odd: "\0" },
      );
      const browser = new SignInBrowser();
      const begun = await beginSignIn(visitor(tx), { slug: "hostile", next: "/" });
      browser.keep(begun);
      await browser.callback("hostile", hostile.authorize(begun.url));
      expect(await sessionOf(tx, browser)).toMatchObject({ providerSid: "their-session" });
      expect(await personOf(tx, "odd")).toMatchObject({ identity: { providerId: provider.id } });
    }));
});

describe("a first sign-in is refused, each with its word, and an event (I2, I3, I5)", () => {
  const refusedAs = async (tx: Tx, code: string, account: Account = nina, peer = elliptic, slug = "elliptic") => {
    const before = await tx.$count(users);
    const { landed, browser } = await signIn(tx, peer, slug, account);
    expect(pathOf(landed)).toBe(`/sign-in?error=${code}&provider=${slug}&next=%2Faccount%2Fsecurity`);
    expect(await sessionOf(tx, browser)).toBeNull();
    expect(await tx.$count(users)).toBe(before);
    return lastEvent(tx);
  };

  test.each<[string, Partial<CreateProvider>, Account]>([
    ["unknown", { createsUsers: false }, nina],
    ["profile", {}, { ...nina, preferred_username: undefined }],
    ["unverified", {}, { ...nina, email_verified: "false" }],
    ["unverified", {}, { ...nina, email_verified: undefined }],
    ["domain", { domains: ["other.example"] }, nina],
  ])("%s %j", (code, more, account) =>
    rolledBack(async (tx) => {
      await stage(tx, "elliptic", elliptic, more);
      const event = await refusedAs(tx, code, account);
      expect(event).toMatchObject({
        operation: "session.refuse",
        outcome: "refused",
        values: { "fact.provider": "Northwind" },
      });
    }),
  );

  test("an account with the same email is left as it is (I5)", () =>
    rolledBack(async (tx) => {
      await stage(tx, "elliptic", elliptic);
      const local = await makeUser(tx, { username: "local", email: "nina.new@northwind.example" });
      const event = await refusedAs(tx, "taken");
      expect(event).toMatchObject({ operation: "identity.create", outcome: "refused" });
      expect((await tx.select().from(users).where(eq(users.id, local.id)))[0]).toEqual(local);
      expect(await tx.$count(identities)).toBe(0);
    }));

  test("beyond the ceiling nobody is created, whatever the owner holds (I3, R8)", () =>
    rolledBack(async (tx) => {
      const lead = await stage(tx, "elliptic", elliptic, { ceilingRoleIds: [] }).then(() =>
        roleNamed(tx, "Quality Lead"),
      );
      await tx.update(identityProviders).set({ defaultRoleId: lead.id });
      expect(await refusedAs(tx, "beyond")).toMatchObject({ operation: "identity.create", outcome: "refused" });
    }));

  test("a group that carries more than the ceiling is no way round it (R8)", () =>
    rolledBack(async (tx) => {
      const { provider } = await stage(tx, "elliptic", elliptic);
      const [group] = await tx.insert(groups).values({ name: "Admins", nameKey: "admins" }).returning();
      await tx.insert(groupRoles).values({ groupId: group!.id, roleId: (await roleNamed(tx, "Admin")).id });
      await tx
        .update(identityProviders)
        .set({ defaultGroupIds: [group!.id] })
        .where(eq(identityProviders.id, provider.id));
      await refusedAs(tx, "beyond");
      await tx.delete(groupRoles).where(eq(groupRoles.groupId, group!.id));
      await signIn(tx, elliptic, "elliptic", nina);
      const { user } = (await personOf(tx, nina.sub))!;
      expect(await tx.select().from(groupMembers).where(eq(groupMembers.userId, user.id))).toHaveLength(1);
    }));

  test("a ceiling of everything makes no administrators, who would hold what decides who signs in (R15)", () =>
    rolledBack(async (tx) => {
      const { provider } = await stage(tx, "elliptic", elliptic);
      const [admin, head] = [await roleNamed(tx, "Admin"), await roleNamed(tx, "Quality Manager")];
      const [group] = await tx.insert(groups).values({ name: "Admins", nameKey: "admins" }).returning();
      await tx.insert(groupRoles).values({ groupId: group!.id, roleId: admin.id });
      await tx
        .update(identityProviders)
        .set({ ceilingRoleIds: [admin.id], defaultRoleId: head.id, defaultGroupIds: [group!.id] })
        .where(eq(identityProviders.id, provider.id));
      expect(await refusedAs(tx, "beyond")).toMatchObject({ operation: "identity.create", outcome: "refused" });
      expect(await personOf(tx, nina.sub)).toBeNull();
    }));

  test("what its owner holds no longer, or an owner who has left, gives nothing (I3)", () =>
    rolledBack(async (tx) => {
      const { ada } = await stage(tx, "elliptic", elliptic);
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, ada.id));
      expect(await refusedAs(tx, "beyond")).toMatchObject({
        operation: "session.refuse",
        values: { "fact.reason": "The owner of the identity provider is no longer active" },
      });
      await tx.update(users).set({ status: "active" }).where(eq(users.id, ada.id));
      await tx.delete(userRoles).where(eq(userRoles.userId, ada.id));
      const worker = await roleNamed(tx, "Quality Engineer");
      await tx.update(users).set({ primaryRoleId: worker.id }).where(eq(users.id, ada.id));
      const lead = await roleNamed(tx, "Quality Lead");
      await tx.update(identityProviders).set({ defaultRoleId: lead.id, ceilingRoleIds: [lead.id] });
      expect(await refusedAs(tx, "beyond")).toMatchObject({ operation: "identity.create", outcome: "refused" });
    }));
});

test("two first sign-ins of one person at the same moment make one user, and both are signed in", () =>
  withFreshDatabase("first_sign_ins", async (db) => {
    await stage(db, "hostile", hostile);
    for (let round = 0; round < 5; round++) {
      const sub = `person-${round}`;
      hostile.behave({}, { ...nina, sub, preferred_username: sub, email: `${sub}@northwind.example` });
      const browsers = [new SignInBrowser(), new SignInBrowser(), new SignInBrowser()];
      const landed = await Promise.all(
        browsers.map(async (browser) => {
          const begun = await beginSignIn(visitor(db), { slug: "hostile", next: "/account" });
          browser.keep(begun);
          return browser.callback("hostile", hostile.authorize(begun.url));
        }),
      );
      expect(landed.map(pathOf)).toEqual(["/account", "/account", "/account"]);
      expect(await db.$count(identities, eq(identities.subject, sub))).toBe(1);
      expect(await db.$count(users, eq(users.username, sub))).toBe(1);
    }
  }));

describe("people who may not sign in are refused as by a password (U10)", () => {
  test.each([
    ["removed", { status: "archived" as const }],
    ["disabled", { status: "disabled" as const }],
    ["ended", { accessEndsAt: new Date(Date.now() - 1000) }],
    ["locked", { lockedAt: new Date(), lockedUntil: null }],
  ])("%s", (code, columns) =>
    rolledBack(async (tx) => {
      await stage(tx, "elliptic", elliptic);
      await signIn(tx, elliptic, "elliptic", nina);
      const { user } = (await personOf(tx, nina.sub))!;
      await tx.update(users).set(columns).where(eq(users.id, user.id));
      const { landed, browser } = await signIn(tx, elliptic, "elliptic", nina);
      expect(landed.searchParams.get("error")).toBe(code);
      expect(await sessionOf(tx, browser)).toBeNull();
      expect(await lastEvent(tx)).toMatchObject({ operation: "session.start", outcome: "refused", personId: user.id });
    }),
  );

  test("a person who was unlinked, and one who comes through a provider that was disabled", () =>
    rolledBack(async (tx) => {
      const { ctx, provider } = await stage(tx, "elliptic", elliptic);
      await signIn(tx, elliptic, "elliptic", nina);
      const { identity } = (await personOf(tx, nina.sub))!;
      await unlinkIdentity(ctx, { id: identity.id });
      expect((await signIn(tx, elliptic, "elliptic", nina)).landed.searchParams.get("error")).toBe("taken");
      const browser = new SignInBrowser();
      const begun = await beginSignIn(visitor(tx), { slug: "elliptic", next: "/" });
      browser.keep(begun);
      await disableProvider(ctx, { id: provider.id });
      const landed = await browser.callback("elliptic", (await elliptic.visit(begun.url)).searchParams);
      expect(landed.searchParams.get("error")).toBe("off");
      expect(await lastEvent(tx)).toMatchObject({ operation: "session.refuse", outcome: "refused" });
      await expect(beginSignIn(visitor(tx), { slug: "elliptic", next: "/" })).rejects.toEqual(
        new ProviderRefusal("off"),
      );
    }));
});

describe("on the way", () => {
  test("a cancel, a second tab and a reload of the callback have each their own word", () =>
    rolledBack(async (tx) => {
      await stage(tx, "elliptic", elliptic);
      const cancelled = await signIn(tx, elliptic, "elliptic", null);
      expect(pathOf(cancelled.landed)).toBe("/sign-in?error=cancelled&provider=elliptic&next=%2Faccount%2Fsecurity");
      expect((await lastEvent(tx)).values["fact.reason"]).toBe("it was cancelled at the provider");

      elliptic.signsIn(nina);
      const browser = new SignInBrowser();
      const first = await beginSignIn(visitor(tx), { slug: "elliptic", next: "/" });
      browser.keep(first);
      browser.keep(await beginSignIn(visitor(tx), { slug: "elliptic", next: "/" }));
      const late = await browser.callback("elliptic", (await elliptic.visit(first.url)).searchParams);
      expect(late.searchParams.get("error")).toBe("again");

      const { back, browser: done } = await signIn(tx, elliptic, "elliptic", nina);
      const reloaded = await done.callback("elliptic", back.searchParams);
      expect(reloaded.searchParams.get("error")).toBe("again");
      expect(await sessionOf(tx, done)).not.toBeNull();
    }));

  test("an address that leads elsewhere is not gone to (S11)", () =>
    rolledBack(async (tx) => {
      await stage(tx, "elliptic", elliptic);
      elliptic.signsIn(nina);
      const browser = new SignInBrowser();
      const begun = await beginSignIn(visitor(tx), { slug: "elliptic", next: "https://evil.example/" });
      browser.keep(begun);
      const landed = await browser.callback("elliptic", (await elliptic.visit(begun.url)).searchParams);
      expect(landed.href).toBe("http://localhost:3000/");
    }));

  test.each(["€", "a\r\nset-cookie: b=c", "a; Domain=example.com"])(
    "a callback at an address that is nobody's: %j",
    (slug) =>
      rolledBack(async (tx) => {
        await stage(tx, "hostile", hostile);
        const browser = new SignInBrowser();
        expect((await browser.callback(slug, "code=a&state=b")).searchParams.get("error")).toBe("off");
        expect(browser.jar.size).toBe(0);
      }),
  );

  test("a provider that is gone when a sign-in begins has its word, and a database that is gone is no fault of it", () =>
    rolledBack(async (tx) => {
      await stage(tx, "hostile", hostile);
      const gone = "https://127.0.0.1:9/.well-known/openid-configuration";
      const moved = (discoveryUrl: string) => tx.update(identityProviders).set({ discoveryUrl });
      await moved(gone);
      const begun = beginSignIn(visitor(tx), { slug: "hostile", next: "/" });
      await expect(begun).rejects.toEqual(new ProviderRefusal("unreachable"));
      expect(await lastEvent(tx)).toMatchObject({ operation: "session.refuse", outcome: "refused" });
      await tx.delete(providerSecrets);
      await moved(hostile.discoveryUrl);
      await expect(beginSignIn(visitor(tx), { slug: "hostile", next: "/" }), "needs none").resolves.toBeTruthy();
      await expect(new SignInBrowser().callback("hostile", "code=a&state=b")).rejects.toThrow("has no secret");
    }));

  test("one provider's answer is no answer to another's question", () =>
    rolledBack(async (tx) => {
      await stage(tx, "hostile", hostile);
      const browser = new SignInBrowser();
      const begun = await beginSignIn(visitor(tx), { slug: "hostile", next: "/" });
      browser.keep(begun);
      const query = hostile.authorize(begun.url);
      query.set("iss", plain.issuer);
      expect((await browser.callback("hostile", query)).searchParams.get("error")).toBe("untrusted");
      expect((await lastEvent(tx)).values["fact.reason"]).toMatch(/the issuer is another one/);
      expect(hostile.asked).not.toContain("/token");
      const none = new SignInBrowser();
      const again = await beginSignIn(visitor(tx), { slug: "hostile", next: "/" });
      none.keep(again);
      const missing = hostile.authorize(again.url);
      missing.delete("iss");
      expect((await none.callback("hostile", missing)).searchParams.get("error")).toBe("untrusted");
    }));

  test("too many from one address are refused as such, and write no more events (S4)", () =>
    rolledBack(async (tx) => {
      await stage(tx, "hostile", hostile);
      const browser = new SignInBrowser();
      const codes: (string | null)[] = [];
      // Twice as many as one minute allows: the clock may reach the next one in the meantime.
      for (let tries = 0; tries < 62; tries++)
        codes.push((await browser.callback("hostile", "code=a&state=b")).searchParams.get("error"));
      expect(codes[0]).toBe("again");
      expect(codes).toContain("busy");
    }));
});

describe("a test", () => {
  const begin = async (tx: Tx, person: { id: string }, provider: Made) => {
    const [session] = await tx
      .insert(sessions)
      .values({ userId: person.id, address: "10.0.0.1", agent: "test", endsAt: new Date(Date.now() + 3_600_000) })
      .returning();
    const ctx = await as(tx, person);
    const theirs = { ...ctx, actor: { ...ctx.actor, sessionId: session!.id } };
    const begun = await beginTest(theirs, { id: provider.id, next: "/admin/identity-providers" });
    const browser = new SignInBrowser();
    browser.keep(begun);
    browser.jar.set(cookieName(), await encryptSessionId(session!.id));
    return { begun, browser, session: session! };
  };

  test("keeps the claims and makes no session and no user", () =>
    rolledBack(async (tx) => {
      const { ada, provider } = await stage(tx, "elliptic", elliptic);
      elliptic.signsIn(nina);
      const [people, open] = [await tx.$count(users), await tx.$count(sessions)];
      const { begun, browser, session } = await begin(tx, ada, provider);
      const landed = await browser.callback("elliptic", (await elliptic.visit(begun.url)).searchParams);
      expect(pathOf(landed)).toBe("/admin/identity-providers?test=passed");
      expect((await providerRow(tx, provider.id)).testClaims).toMatchObject({ sub: "nina-1", email: nina.email });
      expect(await sessionOf(tx, browser)).toMatchObject({ id: session.id });
      expect([await tx.$count(users), await tx.$count(sessions)]).toEqual([people, open + 1]);
      expect(await lastEvent(tx)).toMatchObject({ operation: "identity_provider.test", actorId: ada.id });
    }));

  test("counts for nobody but the session that began it, and is begun by nobody who may not", () =>
    rolledBack(async (tx) => {
      const { ada, eve, provider } = await stage(tx, "elliptic", elliptic);
      elliptic.signsIn(nina);
      await expect(begin(tx, eve, provider)).rejects.toMatchObject({ code: "forbidden" });
      const { begun, browser } = await begin(tx, ada, provider);
      browser.jar.delete(cookieName());
      const landed = await browser.callback("elliptic", (await elliptic.visit(begun.url)).searchParams);
      expect(pathOf(landed)).toBe("/admin/identity-providers?test=session");
      expect(await sessionOf(tx, browser)).toBeNull();
    }));
});

describe("a provider that does wrong signs nobody in, and there is an event", () => {
  const soon = () => Math.floor(Date.now() / 1000);
  const wrong: [string, string, RegExp, Misbehaviour][] = [
    [
      "another iss",
      "untrusted",
      /issuer is another/,
      { claims: (c) => ({ ...c, iss: "https://accounts.example.com" }) },
    ],
    ["another aud", "untrusted", /another client/, { claims: (c) => ({ ...c, aud: "another" }) }],
    ["many aud, no azp", "untrusted", /another client/, { claims: (c) => ({ ...c, aud: ["gatehouse", "another"] }) }],
    ["another azp", "untrusted", /another client/, { claims: (c) => ({ ...c, azp: "another" }) }],
    ["expired", "untrusted", /time/, { claims: (c) => ({ ...c, iat: soon() - 600, exp: soon() - 300 }) }],
    ["no exp", "untrusted", /time/, { claims: ({ exp: _, ...c }) => c }],
    ["another nonce", "untrusted", /does not belong/, { claims: (c) => ({ ...c, nonce: "another" }) }],
    ["no nonce", "untrusted", /does not belong/, { claims: ({ nonce: _, ...c }) => c }],
    [
      "a sub that is no text",
      "untrusted",
      /another person, or none/,
      { claims: (c) => ({ ...c, sub: "a\0b" }), userinfo: { sub: "a\0b" } },
    ],
    ["no sub", "untrusted", /another person, or none/, { claims: ({ sub: _, ...c }) => c }],
    [
      "another sub at userinfo",
      "untrusted",
      /another person/,
      { userinfo: { sub: "another", email: "x@northwind.example" } },
    ],
    ["no sub at userinfo", "untrusted", /another person/, { userinfo: { email: "x@northwind.example" } }],
    ["another kid", "untrusted", /unknown key/, { kid: "another" }],
    ["another key", "untrusted", /signature/, { foreignKey: true }],
    ["HS256 with the client secret", "untrusted", /another algorithm/, { sharedSecret: true }],
    ["alg none", "untrusted", /another algorithm/, { idToken: unsigned }],
    ["no ID token at all", "untrusted", /no ID token/, { idToken: () => undefined }],
    ["garbage", "untrusted", /./, { idToken: () => "garbage" }],
    ["500", "unreachable", /does not answer/, { token: "500" }],
    ["gone at the callback", "unreachable", /does not answer/, { token: "gone" }],
    ["an endless answer", "unreachable", /does not answer/, { token: "endless" }],
    ["a redirect", "settings", /status 302/, { token: "redirect" }],
    ["a secret that it does not know", "settings", /client id or its secret/, { token: "invalid_client" }],
    ["a code that is over", "again", /used already/, { token: "invalid_grant" }],
  ];

  test.each(wrong)("%s", (_, code, reason, how) =>
    rolledBack(async (tx) => {
      await stage(tx, "hostile", hostile, { trustsEmail: true });
      hostile.behave(how, { ...nina, sub: "hostile-1" });
      const { landed, browser } = await attempt(tx);
      expect(pathOf(landed)).toBe(`/sign-in?error=${code}&provider=hostile`);
      expect(await sessionOf(tx, browser)).toBeNull();
      expect(await tx.$count(identities)).toBe(0);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "session.refuse", outcome: "refused" });
      expect(event.values["fact.reason"]).toMatch(reason);
      expect(JSON.stringify(event.values)).not.toMatch(/secrets of/);
    }),
  );

  async function attempt(tx: Tx) {
    const browser = new SignInBrowser();
    const begun = await beginSignIn(visitor(tx), { slug: "hostile", next: "/" });
    browser.keep(begun);
    return { browser, landed: await browser.callback("hostile", hostile.authorize(begun.url)) };
  }

  test("and one that does nothing wrong signs in by the same way", () =>
    rolledBack(async (tx) => {
      await stage(tx, "hostile", hostile);
      hostile.behave({}, { ...nina, sub: "hostile-1" });
      const { landed, browser } = await attempt(tx);
      expect(landed.pathname).toBe("/");
      expect(await sessionOf(tx, browser)).toMatchObject({ stage: "open" });
      hostile.behave({}, { ...nina, sub: "hostile-1" });
      await attempt(tx);
      expect(hostile.asked, "the document and the keys are kept between sign-ins").toEqual(["/token", "/userinfo"]);
    }));

  test.each(["slow", "dripping"] as const)("one that is %s is given up within ten seconds", (token) =>
    rolledBack(async (tx) => {
      await stage(tx, "hostile", hostile);
      hostile.behave({ token }, nina);
      const began = performance.now();
      const { landed } = await attempt(tx);
      expect(landed.searchParams.get("error")).toBe("unreachable");
      expect(performance.now() - began).toBeLessThan(10_000);
    }),
  );
});

/** The same claims without a signature (RFC 7519, 6). */
function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
  return `${header}.${token.split(".")[1]}.`;
}
