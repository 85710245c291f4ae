import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db, Tx } from "@/db/client";
import {
  events,
  identities,
  identityProviders,
  providerSecrets,
  sessionIdTokens,
  sessions,
  usedLogoutTokens,
} from "@/db/schema";
import { forgetSignOuts } from "@/lib/auth/id-tokens";
import { createProvider } from "@/lib/identity-providers/commands/create";
import { deleteProvider, disableProvider } from "@/lib/identity-providers/commands/state";
import { ownAddressesOf } from "@/lib/identity-providers/queries";
import { db } from "@/lib/platform/db";
import { endOwnSession } from "@/lib/sessions/commands";
import { receiveLogout } from "@/lib/sign-in/providers/logout";
import { beginSignOut, offerSignOut } from "@/lib/sign-in/providers/sign-out";
import { asNobody, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { type HostileProvider, hostileClient } from "@/lib/testing/hostile-provider";
import { providerForm } from "@/lib/testing/identity-providers";
import { type OidcProvider, oidcClient, startOidcProvider } from "@/lib/testing/oidc-provider";
import { providerCompany } from "@/lib/testing/provider-company";
import { accountNamed, sessionRow, signInThroughPeer } from "@/lib/testing/provider-people";

const slug = "peer";
const source = { address: "192.0.2.7", agent: "a provider", requestId: "req-7" };

let peer: OidcProvider;
const hostile = hostilePeer();
/** What oidc-provider posts reaches the route's function from here. */
let door: Server;
let answered: { status: number; posted: string }[] = [];

beforeAll(async () => {
  door = createServer(async (request, response) => {
    let posted = "";
    for await (const part of request) posted += part;
    const answer = await send(db() as unknown as Tx, posted, { type: request.headers["content-type"] });
    answered.push({ status: answer.status, posted });
    response.writeHead(answer.status).end();
  });
  await new Promise<void>((listening) => door.listen(0, "127.0.0.1", listening));
  const logoutUri = `http://127.0.0.1:${(door.address() as AddressInfo).port}/`;
  const { redirect, signedOut } = ownAddressesOf(slug);
  peer = await startOidcProvider({ redirectUri: redirect, signOut: { signedOutUri: signedOut, logoutUri } });
});
afterAll(async () => {
  await peer.stop();
  door.close();
});
beforeEach(() => {
  answered = [];
});
afterEach(() => {
  vi.restoreAllMocks();
});

type Sent = { to?: string; type?: string | undefined; now?: () => Date };

function send(tx: Db | Tx, body: string, { to = slug, type = "application/x-www-form-urlencoded", now }: Sent = {}) {
  const request = new Request(`http://localhost:3000/api/auth/backchannel-logout/${to}`, {
    method: "POST",
    headers: { "content-type": type },
    body,
  });
  const ctx = asNobody(tx, source);
  return receiveLogout(now ? { ...ctx, now } : ctx, request, to);
}

const sendToken = (tx: Db | Tx, token: string, how?: Sent) =>
  send(tx, new URLSearchParams({ logout_token: token }).toString(), how);

const welcoming = { slug, name: `Peer ${slug}`, createsUsers: true };

/** Two people of a provider that signs whatever the test asks for; Una has two sessions there and one of a password. */
async function stage(tx: Db | Tx) {
  const made = await providerCompany(tx, { ...hostileClient, discoveryUrl: hostile.discoveryUrl }, welcoming);
  const person = async (subject: string) => {
    const user = await makeUser(tx, { username: subject, firstName: subject, configuration: slug });
    const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
    const of = { providerId: made.provider.id, issuer: hostile.issuer, subject, userId: user.id, claims };
    const [identity] = await tx.insert(identities).values(of).returning();
    return { ...user, identityId: identity?.id ?? "" };
  };
  const endsAt = new Date(Date.now() + 86_400_000);
  const begin = async (user: { id: string }, identityId: string | null, providerSid: string | null) => {
    const values = { userId: user.id, identityId, providerSid, address: "10.0.0.1", agent: "test", endsAt };
    const [session] = await tx.insert(sessions).values(values).returning();
    return session?.id ?? "";
  };
  const [una, ulf] = [await person("una"), await person("ulf")];
  const ids = {
    one: await begin(una, una.identityId, "sid-1"),
    two: await begin(una, una.identityId, "sid-2"),
    untold: await begin(una, una.identityId, null),
    local: await begin(una, null, null),
    ulf: await begin(ulf, ulf.identityId, "sid-3"),
  };
  const ended = async () => {
    const rows = await tx.select().from(sessions);
    return Object.entries(ids).flatMap(([name, id]) => (rows.find((row) => row.id === id)?.endedAt ? [name] : []));
  };
  return { ...made, una, ulf, ids, ended };
}

const named = (more: { sub?: string; sid?: string }) => (good: object) => ({ ...good, sub: undefined, ...more });

test("I7: a sign-out at a real provider ends the session that began there, and no other", () =>
  rolledBack(async (tx) => {
    const { provider } = await providerCompany(tx, { ...oidcClient, discoveryUrl: peer.discoveryUrl }, welcoming);
    const [first, second] = [
      await signInThroughPeer(tx, peer, slug, accountNamed("oona")),
      await signInThroughPeer(tx, peer, slug, accountNamed("oona")),
    ];
    const gone = await signInThroughPeer(tx, peer, slug, accountNamed("omar"));
    await endOwnSession(asNobody(tx), { id: gone.sessionId });
    const cookie = offerSignOut(gone.sessionId, new Date());
    const { url } = await beginSignOut(asNobody(tx), { [cookie.name]: cookie.value });
    await peer.leave(url, gone.jar);
    expect(answered.map(({ status }) => status)).toEqual([200]);
    expect((await sessionRow(tx, gone.sessionId)).endedReason).toBe("signed_out");
    expect((await sessionRow(tx, first.sessionId)).endedAt).toBeNull();

    const asked = new URL("/session/end", peer.issuer);
    asked.search = new URL(url).search;
    asked.searchParams.delete("id_token_hint");
    await peer.leave(asked.href, first.jar);
    expect(answered.map(({ status }) => status)).toEqual([200, 200]);
    const over = await sessionRow(tx, first.sessionId);
    expect(over).toMatchObject({ endedReason: "signed_out_by_provider", endedBy: null });
    expect((await sessionRow(tx, second.sessionId)).endedAt).toBeNull();
    expect(await lastEvent(tx)).toMatchObject({
      operation: "session.end_by_provider",
      outcome: "succeeded",
      actorKind: "provider",
      actorId: provider.id,
      personId: over.userId,
      values: { "fact.count": 1, "fact.provider": "Peer peer", address: source.address },
    });
    const left = await tx.select().from(sessionIdTokens);
    expect(left.map(({ sessionId }) => sessionId)).toEqual([second.sessionId]);

    const [, last] = answered;
    expect((await send(tx, last?.posted ?? "")).status, "used once").toBe(400);
    expect(await lastEvent(tx)).toMatchObject({
      outcome: "refused",
      values: { "fact.reason": "This logout token has already been used." },
    });
  }));

describe("ends exactly what it names:", () => {
  const cases: [string, { sub?: string; sid?: string }, string[]][] = [
    ["a session by its name", { sid: "sid-1" }, ["one"]],
    ["a person by the subject", { sub: "una" }, ["one", "two", "untold"]],
    ["both: that session, and those whose name was never sent", { sub: "una", sid: "sid-2" }, ["two", "untold"]],
    ["a session of another person not by the wrong subject", { sub: "ulf", sid: "sid-1" }, []],
    ["nobody whom it does not know", { sub: "ursula" }, []],
    ["no session that is not known", { sid: "sid-9" }, []],
    ["nobody by part of a subject", { sub: "un" }, []],
    ["nobody by a wildcard", { sid: "%" }, []],
  ];
  test.each(cases)("%s", (_, whom, names) =>
    rolledBack(async (tx) => {
      const { ended } = await stage(tx);
      const answer = await sendToken(tx, await hostile.logoutToken({ claims: named(whom) }));
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(await answer.text()).toBe("");
      expect(await ended()).toEqual(names);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "session.end_by_provider", outcome: "succeeded" });
      expect(event.values["fact.count"]).toBe(names.length);
    }),
  );

  test("a person of the same subject under an earlier issuer, or at another provider, is somebody else", () =>
    rolledBack(async (tx) => {
      const { ended, una } = await stage(tx);
      await tx.update(identities).set({ issuer: "https://earlier.example" }).where(eq(identities.id, una.identityId));
      for (const whom of [{ sub: "una" }, { sid: "sid-1" }])
        expect((await sendToken(tx, await hostile.logoutToken({ claims: named(whom) }))).status).toBe(200);
      expect(await ended()).toEqual([]);
    }));

  test("the event is hers, also when nothing was open", () =>
    rolledBack(async (tx) => {
      const { una } = await stage(tx);
      for (const count of [3, 0]) {
        await sendToken(tx, await hostile.logoutToken({ claims: named({ sub: "una" }) }));
        expect(await lastEvent(tx)).toMatchObject({ personId: una.id, values: { "fact.count": count } });
      }
    }));
});

describe("refused, with the words in the log and nothing ended:", () => {
  const token = (changes: Parameters<HostileProvider["logoutToken"]>[0]) => () => hostile.logoutToken(changes);
  const claims = (more: object) => token({ claims: (good) => ({ ...good, sub: "una", ...more }) });
  const past = () => Math.floor(Date.now() / 1000) - 60;
  const event = "http://schemas.openid.net/event/backchannel-logout";
  const cases: [string, () => Promise<string>, string][] = [
    ["another issuer", claims({ iss: "https://elsewhere.example" }), "the issuer is another one"],
    ["another client", claims({ aud: "another" }), "it is meant for another client"],
    ["several clients without us", claims({ aud: ["a", "b"], azp: "a" }), "it is meant for another client"],
    ["no audience", claims({ aud: undefined }), "it is malformed"],
    ["no issuer", claims({ iss: undefined }), "it is malformed"],
    [
      "past its end",
      () => hostile.logoutToken({ claims: (good) => ({ ...good, exp: past() }) }),
      "its time does not fit",
    ],
    ["no end", claims({ exp: undefined }), "its time does not fit"],
    ["no beginning", claims({ iat: undefined }), "its time does not fit"],
    ["no id", claims({ jti: undefined }), "it is malformed"],
    ["an id that is not one", claims({ jti: 7 }), "it has no usable id"],
    ["an id with NUL", claims({ jti: "a\0b" }), "it has no usable id"],
    ["a nonce", claims({ nonce: "n" }), "it holds a nonce, as an ID token does"],
    ["no events", claims({ events: undefined }), "it is malformed"],
    ["another event", claims({ events: { "https://schemas.example/other": {} } }), "it does not announce a sign-out"],
    ["events as a list", claims({ events: [event] }), "it does not announce a sign-out"],
    ["an event that is no object", claims({ events: { [event]: true } }), "it does not announce a sign-out"],
    ["nobody", claims({ sub: undefined }), "it names neither a person nor a session"],
    ["a subject that is a list", claims({ sub: ["una"] }), "its subject is malformed"],
    ["an empty subject", claims({ sub: "" }), "its subject is malformed"],
    ["a session that is a number", claims({ sid: 1 }), "its session is malformed"],
    ["no signature", token({ by: "nobody" }), "it is signed by another algorithm"],
    ["the client secret", token({ by: "client secret" }), "it is signed by another algorithm"],
    ["the public key as a secret", token({ by: "public key" }), "it is signed by another algorithm"],
    ["a foreign key", token({ by: "foreign" }), "its signature is not valid"],
    ["an unknown key", token({ header: { kid: "other" } }), "it is signed by an unknown key"],
    ["an access token", token({ header: { typ: "at+jwt" } }), "it is a token of another kind"],
    ["what is no token", async () => "a.b.c", "it is malformed"],
    ["a token whose claims are null", async () => `${btoa('{"alg":"RS256"}')}.${btoa("null")}.AA`, "it is malformed"],
  ];
  test.each(cases)("%s", (_, make, reason) =>
    rolledBack(async (tx) => {
      const { ended } = await stage(tx);
      const answer = await sendToken(tx, await make());
      expect(answer.status).toBe(400);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const description = `The logout token was refused: ${reason}.`;
      expect(await answer.json()).toEqual({ error: "invalid_request", error_description: description });
      expect(await ended()).toEqual([]);
      expect(await lastEvent(tx)).toMatchObject({
        operation: "session.end_by_provider",
        outcome: "refused",
        actorKind: "nobody",
        values: { "fact.reason": reason, "fact.provider": "Peer peer" },
      });
      expect(await tx.$count(usedLogoutTokens)).toBe(0);
    }),
  );

  const bodies: [string, string, string, string][] = [
    ["nothing", "", "application/x-www-form-urlencoded", "there is not exactly one"],
    ["two tokens", "logout_token=a&logout_token=b", "application/x-www-form-urlencoded", "there is not exactly one"],
    ["JSON", '{"logout_token":"a"}', "application/json", "none was sent as a form"],
    ["too much", `logout_token=${"a".repeat(70_000)}`, "application/x-www-form-urlencoded", "it is too long"],
  ];
  test.each(bodies)("%s as a body", (_, body, type, reason) =>
    rolledBack(async (tx) => {
      await stage(tx);
      expect((await send(tx, body, { type })).status).toBe(400);
      expect((await lastEvent(tx)).values["fact.reason"]).toBe(reason);
    }),
  );

  test("a token of one provider at the address of another, and at none", () =>
    rolledBack(async (tx) => {
      const { ended, ctx, ada } = await stage(tx);
      await createProvider(ctx, providerForm(ada.id, peer, { slug: "other", name: "Other", ...oidcClient }));
      const to = async (where: string) => (await sendToken(tx, await hostile.logoutToken(), { to: where })).status;
      expect(await to("other")).toBe(400);
      expect(await to("nobody")).toBe(400);
      expect((await lastEvent(tx)).values["fact.reason"]).toBe("there is no identity provider at this address");
      expect(await to("../peer")).toBe(400);
      expect(await ended()).toEqual([]);
    }));

  test("an unknown key is looked for once, and not again within a minute", () =>
    rolledBack(async (tx) => {
      await stage(tx);
      await sendToken(tx, await hostile.logoutToken());
      hostile.behave();
      for (let turn = 0; turn < 5; turn++)
        await sendToken(tx, await hostile.logoutToken({ header: { kid: `unknown-${turn}` } }));
      expect(hostile.asked.filter((path) => path === "/jwks").length).toBeLessThanOrEqual(1);
    }));

  test("too often from one address, with 429 and no event; what is right is not counted", () =>
    rolledBack(async (tx) => {
      const { ended } = await stage(tx);
      const now = () => new Date(Math.floor(Date.now() / 60_000) * 60_000 + 1_000);
      for (let turn = 0; turn < 40; turn++)
        expect((await sendToken(tx, await hostile.logoutToken(), { now })).status).toBe(200);
      for (let turn = 0; turn < 30; turn++) expect((await sendToken(tx, "wrong", { now })).status).toBe(400);
      const { id } = await lastEvent(tx);
      await expect(sendToken(tx, "wrong", { now })).rejects.toMatchObject({ code: "rate_limited" });
      expect((await lastEvent(tx)).id).toBe(id);
      expect(await ended()).toEqual([]);
    }));
});

test("a database that does not answer is no fault of the token", () =>
  rolledBack(async (tx) => {
    await stage(tx);
    await tx.delete(providerSecrets);
    const token = await hostile.logoutToken({ claims: named({ sid: "sid-1" }) });
    await expect(sendToken(tx, token)).rejects.toThrow("has no secret");
  }));

test("older providers send no typ, or that of every token", () =>
  rolledBack(async (tx) => {
    const { ended } = await stage(tx);
    const claims = named({ sid: "sid-1" });
    expect((await sendToken(tx, await hostile.logoutToken({ claims, header: { typ: undefined } }))).status).toBe(200);
    expect((await sendToken(tx, await hostile.logoutToken({ claims, header: { typ: "JWT" } }))).status).toBe(200);
    expect(await ended()).toEqual(["one"]);
  }));

test("ending access is always allowed: by a provider that is disabled, or that nobody owns", () =>
  rolledBack(async (tx) => {
    const { ctx, provider, ended } = await stage(tx);
    await disableProvider(ctx, { id: provider.id });
    await tx.update(identityProviders).set({ ownerId: null });
    expect((await sendToken(tx, await hostile.logoutToken({ claims: named({ sid: "sid-1" }) }))).status).toBe(200);
    expect(await ended()).toEqual(["one"]);
    await deleteProvider(ctx, { id: provider.id });
    expect((await sendToken(tx, await hostile.logoutToken())).status).toBe(400);
  }));

test("one token ends sessions once, whatever the race", () =>
  withFreshDatabase("logout_race", async (db) => {
    const { una } = await stage(db);
    const token = await hostile.logoutToken({ claims: named({ sub: "una" }) });
    const statuses = await Promise.all(
      Array.from({ length: 8 }, () => sendToken(db, token).then(({ status }) => status)),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 400)).toHaveLength(7);
    const told = await db
      .select()
      .from(events)
      .where(and(eq(events.operation, "session.end_by_provider"), eq(events.outcome, "succeeded")));
    expect(told.map(({ personId }) => personId)).toEqual([una.id]);
  }));

test("a token that ended nothing cannot be used for a session that begins later", () =>
  rolledBack(async (tx) => {
    const { ulf } = await stage(tx);
    const claims = named({ sub: "ulf", sid: "sid-new" });
    const token = await hostile.logoutToken({ claims });
    expect((await sendToken(tx, token)).status).toBe(200);
    const endsAt = new Date(Date.now() + 86_400_000);
    const values = { userId: ulf.id, identityId: ulf.identityId, providerSid: "sid-new", address: "::1", agent: "x" };
    await tx.insert(sessions).values({ ...values, endsAt });
    expect((await sendToken(tx, token)).status).toBe(400);
    const [row] = await tx.select().from(sessions).where(eq(sessions.providerSid, "sid-new"));
    expect(row?.endedAt).toBeNull();
  }));

test("an id is remembered until its token has ended and no sign-in can be under way any more, and then forgotten", () =>
  rolledBack(async (tx) => {
    await stage(tx);
    const visitor = asNobody(tx);
    const forgetIn = (minutes: number) =>
      forgetSignOuts({ ...visitor, now: () => new Date(Date.now() + minutes * 60_000) });
    await sendToken(tx, await hostile.logoutToken());
    for (const minutes of [0, 14]) {
      await forgetIn(minutes);
      expect(await tx.$count(usedLogoutTokens)).toBe(1);
    }
    await forgetIn(16);
    expect(await tx.$count(usedLogoutTokens)).toBe(0);
  }));

test("a name of a session that two people share ends both, and the event is nobody's in particular", () =>
  rolledBack(async (tx) => {
    const { ended, ulf } = await stage(tx);
    await tx.update(sessions).set({ providerSid: "sid-1" }).where(eq(sessions.userId, ulf.id));
    expect((await sendToken(tx, await hostile.logoutToken({ claims: named({ sid: "sid-1" }) }))).status).toBe(200);
    expect(await ended()).toEqual(["one", "ulf"]);
    expect(await lastEvent(tx)).toMatchObject({ personId: null, values: { "fact.count": 2 } });
  }));
