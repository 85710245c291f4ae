import { eq } from "drizzle-orm";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { events, usedAssertions, users } from "@/db/schema";
import { tellUnknownProofs } from "@/lib/audit/unknown-proofs";
import { beat } from "@/lib/client-tokens/heartbeat";
import { introspect } from "@/lib/client-tokens/introspect";
import { revoke } from "@/lib/client-tokens/revoke";
import { grantToken } from "@/lib/client-tokens/token";
import { forgetUsed } from "@/lib/client-tokens/used-assertions";
import {
  deregisterClient,
  disconnectClient,
  generateClient,
  reprovisionClient,
  reregisterClient,
} from "@/lib/clients/commands";
import { registerClient } from "@/lib/clients/register";
import type { Ctx } from "@/lib/context";
import { keepSigningKeys } from "@/lib/signing-keys/keep";
import { newKey, signAssertion, type TestKey, tokenForm } from "@/lib/testing/assertions";
import { asNobody, asOperator, lastEvent, makeUser } from "@/lib/testing/database";
import { twoProcesses, withFreshDatabase } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { readingAlone } from "@/lib/testing/read-only";
import { rounds, tell } from "@/lib/testing/thorough";
import { archiveUser } from "@/lib/users/commands/archive";
import { purgeUser } from "@/lib/users/commands/purge";

const [here, there] = twoProcesses("client_protocol");
const key = await newKey();
let named = 0;

const from = (db: Db | Tx, address = "10.20.4.31"): Ctx => asNobody(db, { address, agent: "rig/1", requestId: "r-1" });
const report = async () => ({ version: "2.9.1", platform: "Ubuntu 24.04", instance: "first-run-of-this" });

beforeAll(async () => {
  await here.transaction((tx) => loadPreset(tx, "quality_assurance"));
  await keepSigningKeys(here, new Date());
});

async function registered(db: Db = here) {
  named += 1;
  const owner = await makeUser(db, { firstName: "Eve", lastName: "Engineer" });
  const { clientId, token } = await generateClient(asOperator(db), { userId: owner.id, name: `rig-${named}` });
  await registerClient(from(db), {
    token,
    publicKey: key.publicKey as never,
    version: "2.9.1",
    platform: "Ubuntu 24.04",
  });
  return { owner, clientId, name: `rig-${named}` };
}

const ask = async (clientId: string, signer: TestKey = key, db: Db = here, changes = {}) =>
  grantToken(from(db), tokenForm(await signAssertion(signer, clientId, changes)));
const tokenOf = async (clientId: string) => (await ask(clientId)).access_token;
const bearer = (token: string) => ({ token, challenge: "Bearer" }) as const;
const active = async (by: string, token: string) =>
  ((await introspect(from(here), bearer(by), { token })) as { active: boolean }).active;
const refusal = (problem: string) => expect.objectContaining({ details: expect.objectContaining({ problem }) });

/** The events of one client, oldest first. */
const told = (clientId: string) =>
  here
    .select({
      operation: events.operation,
      outcome: events.outcome,
      actorKind: events.actorKind,
      actorId: events.actorId,
      personId: events.personId,
    })
    .from(events)
    .where(eq(events.targetId, clientId))
    .orderBy(events.id);
const beats = (token: string | null) => beat(from(here), token, report);

describe("POST /oauth/token (C12)", () => {
  test("gives a token of ten minutes as RFC 9068 has it, which any process checks", async () => {
    const { clientId } = await registered();
    const answer = await ask(clientId);
    expect(answer).toEqual({ access_token: expect.any(String), token_type: "Bearer", expires_in: 600 });
    expect(decodeProtectedHeader(answer.access_token)).toMatchObject({ typ: "at+jwt", alg: "ES256" });
    const { iat = 0, ...claims } = decodeJwt(answer.access_token);
    expect(claims).toEqual({
      iss: "http://localhost:3000",
      aud: "http://localhost:3000",
      sub: clientId,
      client_id: clientId,
      jti: expect.any(String),
      exp: iat + 600,
      epoch: 0,
    });
    expect(await introspect(from(there), bearer(answer.access_token), { token: answer.access_token })).toMatchObject({
      active: true,
      client_id: clientId,
    });
  });

  test("an assertion works once, of two processes that are given it at the same moment", async () => {
    const { clientId } = await registered();
    for (let round = 0; round < rounds(20, 200); round++) {
      const form = tokenForm(await signAssertion(key, clientId));
      const tries = [here, there, here, there].map((db) => grantToken(from(db, `10.1.${round % 250}.1`), form));
      const outcomes = await Promise.allSettled(tries);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const one of outcomes)
        if (one.status === "rejected") expect(one.reason).toEqual(refusal("assertion-replayed"));
    }
    tell("assertions replayed", { rounds: rounds(20, 200) });
  });

  test("a replay is logged once in a quarter of an hour, with its address", async () => {
    const { clientId, owner, name } = await registered();
    const form = tokenForm(await signAssertion(key, clientId));
    await grantToken(from(here), form);
    for (const address of ["10.9.9.9", "10.9.9.10"])
      await expect(grantToken(from(here, address), form)).rejects.toEqual(refusal("assertion-replayed"));
    expect((await told(clientId)).filter(({ operation }) => operation === "client.refuse")).toHaveLength(1);
    const event = await lastEvent(here);
    expect(event).toMatchObject({ operation: "client.refuse", outcome: "refused", personId: owner.id });
    expect(event.values).toMatchObject({
      address: "10.9.9.9",
      "fact.client": name,
      "fact.reason": "This client assertion has already been used.",
    });
  });

  test("another key and an unknown client are answered alike, and logged as what they are", async () => {
    const { clientId } = await registered();
    const other = await newKey();
    const [known, unknown] = [clientId, "0199c0de-0000-7000-8000-000000000009"];
    const answers = [];
    for (const id of [known, unknown]) answers.push(await ask(id, other).catch(({ message }) => message));
    expect(answers[0]).toMatch(/does not belong to a registered client/);
    expect(answers[1]).toBe(answers[0]);
    expect((await told(clientId)).at(-1)).toMatchObject({ operation: "client.refuse", outcome: "refused" });
    await tellUnknownProofs({ ...from(here), now: () => new Date(Date.now() + 120_000) });
    expect(await lastEvent(here)).toMatchObject({ operation: "client.refuse", targetId: null });
  });

  test("beyond the number of one address it is refused with 429, and right ones count nothing", async () => {
    const { clientId } = await registered();
    const other = await newKey();
    const minute = Math.ceil(Date.now() / 60_000) * 60_000;
    const now = () => new Date(minute + 30_000);
    const once = async (signer: TestKey) =>
      grantToken(
        { ...from(here, "10.77.0.1"), now },
        tokenForm(await signAssertion(signer, clientId, { now: now() })),
      ).catch(({ code }) => code);
    for (let at = 0; at < 40; at++) expect(await once(key)).toMatchObject({ token_type: "Bearer" });
    for (let at = 0; at < 30; at++) expect(await once(other)).toBe("unauthenticated");
    expect(await once(other)).toBe("rate_limited");
  });

  test("what is no such request is refused with its reason", async () => {
    const { clientId } = await registered();
    const form = tokenForm(await signAssertion(key, clientId));
    const wrong: [object, string][] = [
      [{ grant_type: undefined }, "invalid-request"],
      [{ grant_type: "password" }, "unsupported-grant-type"],
      [{ scope: "all" }, "invalid-scope"],
      [{ client_assertion: undefined }, "no-assertion"],
      [{ client_assertion_type: "secret" }, "no-assertion"],
      [{ client_id: "0199c0de-0000-7000-8000-000000000009" }, "malformed-assertion"],
    ];
    for (const [changes, problem] of wrong)
      await expect(grantToken(from(here), { ...form, ...changes })).rejects.toMatchObject({ details: { problem } });
  });

  test("what is over is forgotten, and was refused for its age before", async () => {
    const { clientId } = await registered();
    await ask(clientId);
    const later = (seconds: number) => ({ ...from(here), now: () => new Date(Date.now() + seconds * 1000) });
    const kept = () => here.$count(usedAssertions, eq(usedAssertions.clientId, clientId));
    await forgetUsed(later(85));
    expect(await kept()).toBe(1);
    await forgetUsed(later(95));
    expect(await kept()).toBe(0);
  });
});

describe("what ends or stops a client is asked at each call (C5, C10, C13)", () => {
  test("disabling pauses it, with the reason, and enabling resumes it with the same token", async () => {
    const { clientId, owner } = await registered();
    const token = await tokenOf(clientId);
    await beats(token);
    await here.update(users).set({ status: "disabled" }).where(eq(users.id, owner.id));
    await expect(beats(token)).rejects.toMatchObject({
      code: "forbidden",
      details: { problem: "paused" },
      retryAfter: 60,
      message: expect.stringContaining("its user is disabled"),
    });
    await expect(ask(clientId)).rejects.toEqual(refusal("paused"));
    expect((await told(clientId)).map(({ operation }) => operation)).not.toContain("client.refuse");
    await here.update(users).set({ status: "active" }).where(eq(users.id, owner.id));
    expect((await beats(token)).directives).toMatchObject({ state: "active", interval: 60 });
  });

  test("deregistering ends it, and says what helps", async () => {
    const { clientId, owner } = await registered();
    const token = await tokenOf(clientId);
    await deregisterClient(asOperator(here), { id: clientId });
    for (const tried of [() => beats(token), () => ask(clientId)])
      await expect(tried()).rejects.toMatchObject({
        details: { problem: "deregistered" },
        message: expect.stringContaining("Once it is reregistered"),
      });
    expect((await told(clientId)).at(-1)).toMatchObject({ operation: "client.refuse", personId: owner.id });
    expect(await active(await tokenOf((await registered()).clientId), token)).toBe(false);
  });

  test("archiving ends it, and purging leaves nothing that is known", async () => {
    const { clientId, owner } = await registered();
    const token = await tokenOf(clientId);
    await archiveUser(asOperator(here), { id: owner.id, owners: [], managerId: null });
    await expect(beats(token)).rejects.toEqual(refusal("deregistered"));
    await purgeUser(asOperator(here), { id: owner.id, username: owner.username });
    await expect(beats(token)).rejects.toEqual(refusal("token-ended"));
    await expect(ask(clientId)).rejects.toEqual(refusal("unknown-key"));
  });

  test.each([
    ["reprovisioning", reprovisionClient, []],
    ["reregistering", reregisterClient, [deregisterClient]],
  ] as const)("%s kills the old key and its tokens at once", async (_, replace, before) => {
    const { clientId } = await registered();
    const token = await tokenOf(clientId);
    for (const first of before) await first(asOperator(here), { id: clientId });
    await replace(asOperator(here), { id: clientId });
    await expect(beats(token)).rejects.toEqual(refusal("token-replaced"));
    await expect(ask(clientId)).rejects.toEqual(refusal("unknown-key"));
  });

  test("Disconnect ends its tokens now, and its key gets it another one", async () => {
    const { clientId } = await registered();
    const [token, second] = [await tokenOf(clientId), await tokenOf(clientId)];
    await disconnectClient(asOperator(here), { id: clientId });
    for (const ended of [token, second]) await expect(beats(ended)).rejects.toEqual(refusal("disconnected"));
    const next = await tokenOf(clientId);
    expect((await beats(next)).directives.clientId).toBe(clientId);
    expect(await active(next, token)).toBe(false);
  });
});

describe("who brings a token (RFC 6750)", () => {
  test("one of another kind, of another issuer, forged or expired opens nothing", async () => {
    const { clientId } = await registered();
    const token = await tokenOf(clientId);
    const [head = "", body = "", signature = ""] = token.split(".");
    const own = await signAssertion(key, clientId);
    const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString("base64url")}.${body}.`;
    for (const text of ["x", own, unsigned, `${head}.${body}.${signature.slice(0, -4)}AAAA`])
      await expect(beats(text)).rejects.toEqual(refusal("token-ended"));
    await expect(beats(null)).rejects.toEqual(refusal("no-token"));
    const later = { ...from(here), now: () => new Date(Date.now() + 601_000) };
    await expect(beat(later, token, report)).rejects.toEqual(refusal("token-ended"));
  });
});

describe("POST /oauth/introspect and /oauth/revoke (RFC 7662, RFC 7009)", () => {
  test("a client sees its own tokens by its token or by an assertion, and nobody else's", async () => {
    const [mine, other] = [await registered(), await registered()];
    const [token, foreign] = [await tokenOf(mine.clientId), await tokenOf(other.clientId)];
    expect(await active(token, token)).toBe(true);
    expect(await active(token, foreign)).toBe(false);
    const form = { ...tokenForm(await signAssertion(key, mine.clientId)), token };
    expect(await introspect(from(here), null, form)).toMatchObject({ active: true, sub: mine.clientId });
    await expect(introspect(from(here), null, { token })).rejects.toEqual(refusal("no-credential"));
    for (const text of ["x", "gh_pat_x", await signAssertion(key, mine.clientId)])
      expect(await active(token, text)).toBe(false);
  });

  test("a revoked token has ended, alone, and that is logged", async () => {
    const { clientId, owner } = await registered();
    const [token, second] = [await tokenOf(clientId), await tokenOf(clientId)];
    await revoke(from(here), bearer(second), { token });
    expect((await told(clientId)).at(-1)).toEqual({
      operation: "client.revoke",
      outcome: "succeeded",
      actorKind: "client",
      actorId: clientId,
      personId: owner.id,
    });
    await expect(beats(token)).rejects.toEqual(refusal("disconnected"));
    expect(await active(second, token)).toBe(false);
    expect(await active(second, second)).toBe(true);
    await revoke(from(here), bearer(second), { token });
    await revoke(from(here), bearer(second), { token: "x" });
  });

  test("somebody else's token stays", async () => {
    const [mine, other] = [await registered(), await registered()];
    const [token, foreign] = [await tokenOf(mine.clientId), await tokenOf(other.clientId)];
    await revoke(from(here), bearer(token), { token: foreign });
    expect(await active(foreign, foreign)).toBe(true);
  });

  test("a caller with its own token costs one query", () =>
    withFreshDatabase("introspection", async (db, url) => {
      await keepSigningKeys(db, new Date());
      await db.transaction((tx) => loadPreset(tx, "quality_assurance"));
      const { clientId } = await registered(db);
      const granted = await grantToken(from(db), tokenForm(await signAssertion(key, clientId)));
      const token = granted.access_token;
      await readingAlone(
        url,
        3,
        async (tx) => {
          for (const at of [1, 2])
            expect([at, await introspect(from(tx), bearer(token), { token })]).toMatchObject([at, { active: true }]);
        },
        // The keys, once; then one for each.
        3,
      );
    }));
});
