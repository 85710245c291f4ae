import { createHash, generateKeyPairSync } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { clientDays, clients, clientTokens, events, throttles, users } from "@/db/schema";
import { tellUnknownProofs } from "@/lib/audit/unknown-proofs";
import { deregisterClient, generateClient, reprovisionClient, reregisterClient } from "@/lib/clients/commands";
import { registerClient } from "@/lib/clients/register";
import { type RegisterClient, registerClientSchema } from "@/lib/clients/schema";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/http/parse-input";
import { newToken } from "@/lib/platform/token";
import { asNobody, asOperator, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { rounds, tell } from "@/lib/testing/thorough";

const jwkOf = (pair: ReturnType<typeof generateKeyPairSync>) => pair.publicKey.export({ format: "jwk" });
const ed25519 = jwkOf(generateKeyPairSync("ed25519"));
const p256 = jwkOf(generateKeyPairSync("ec", { namedCurve: "P-256" }));

const request = (token: string, publicKey: unknown = ed25519): RegisterClient =>
  parseInput(registerClientSchema, { token, publicKey, version: "2.9.1", platform: "Ubuntu 24.04" });

const source = { address: "10.20.4.31", agent: "gatehouse-client/1", requestId: "r-1" };
const nobody = (tx: Db | Tx) => asNobody(tx, source);

async function eveWithClient(tx: Tx) {
  await loadPreset(tx, "quality_assurance");
  const eve = await makeUser(tx, { firstName: "Eve", lastName: "Engineer" });
  const issued = await generateClient(asOperator(tx), { userId: eve.id, name: "lab-rig-03" });
  return { eve, ...issued };
}

const stored = async (tx: Tx | Db, id: string) => (await tx.select().from(clients).where(eq(clients.id, id)))[0]!;
const refusal = (code: AppError["code"], problem: string) => expect.objectContaining({ code, details: { problem } });

describe("POST /api/v1/clients/register (C11)", () => {
  test("binds the client to its key, uses the token up and starts the heartbeat", () =>
    rolledBack(async (tx) => {
      const { eve, clientId, token } = await eveWithClient(tx);
      const answer = await registerClient(nobody(tx), request(token));
      expect(answer).toEqual({ clientId, heartbeatInterval: 60 });
      const thumbprint = createHash("sha256")
        .update(`{"crv":"Ed25519","kty":"OKP","x":"${ed25519.x}"}`)
        .digest("base64url");
      expect(await stored(tx, clientId)).toMatchObject({
        status: "registered",
        awaiting: false,
        publicKey: ed25519,
        keyThumbprint: thumbprint,
        version: "2.9.1",
        platform: "Ubuntu 24.04",
        lastAddress: "10.20.4.31",
        registeredAt: expect.any(Date),
        lastHeartbeatAt: expect.any(Date),
      });
      expect(await tx.select().from(clientDays).where(eq(clientDays.clientId, clientId))).toHaveLength(1);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({
        actorKind: "nobody",
        operation: "client.register",
        outcome: "succeeded",
        targetId: clientId,
        personId: eve.id,
      });
      expect(event.values).toMatchObject({
        "change.status": ["provisioned", "registered"],
        "fact.client": "lab-rig-03",
        address: "10.20.4.31",
      });
      expect(JSON.stringify(event)).not.toContain(token);
    }));

  test("takes a P-256 key and forgets what WebCrypto adds", () =>
    rolledBack(async (tx) => {
      const { clientId, token } = await eveWithClient(tx);
      await registerClient(nobody(tx), request(token, { ...p256, key_ops: ["verify"], ext: true }));
      expect((await stored(tx, clientId)).publicKey).toEqual(p256);
    }));

  test("a second use is refused, audited with its address, and shown on the client", () =>
    rolledBack(async (tx) => {
      const { eve, clientId, token } = await eveWithClient(tx);
      await registerClient(nobody(tx), request(token));
      const before = await stored(tx, clientId);
      await expect(registerClient(nobody(tx), request(token, p256))).rejects.toEqual(refusal("conflict", "token-used"));
      expect(await stored(tx, clientId)).toEqual({
        ...before,
        tokenReusedAt: expect.any(Date),
        revision: before.revision + 1,
      });
      const event = await lastEvent(tx);
      expect(event).toMatchObject({
        operation: "client.register",
        outcome: "refused",
        targetId: clientId,
        personId: eve.id,
      });
      expect(event.values).toMatchObject({
        address: "10.20.4.31",
        "fact.client": "lab-rig-03",
        "fact.reason": "The token had been used before.",
      });
    }));

  test("the same request again, whose answer was lost, is answered alike and changes nothing", () =>
    rolledBack(async (tx) => {
      const { eve, clientId, token } = await eveWithClient(tx);
      const answer = await registerClient(nobody(tx), request(token));
      const [before, told] = [await stored(tx, clientId), await lastEvent(tx)];
      expect(await registerClient(nobody(tx), request(token, { ...ed25519, kid: "again" }))).toEqual(answer);
      expect([await stored(tx, clientId), await lastEvent(tx)]).toEqual([before, told]);

      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, eve.id));
      await expect(registerClient(nobody(tx), request(token))).rejects.toMatchObject({
        details: { problem: "paused" },
      });
      await tx.update(users).set({ status: "active" }).where(eq(users.id, eve.id));
      expect((await stored(tx, clientId)).tokenReusedAt).toBeNull();
    }));

  test("refuses unknown tokens, and logs them as one event for each address and minute (L1)", () =>
    rolledBack(async (tx) => {
      const { token } = await eveWithClient(tx);
      const wrong = token.slice(0, -1) + (token.endsWith("a") ? "b" : "a");
      const minute = Math.floor(Date.now() / 60_000) * 60_000;
      const within = { ...nobody(tx), now: () => new Date(minute + 30_000) };
      for (const text of [newToken("gh_cli").text, newToken("gh_pat").text, wrong, "", "gh_cli_"])
        await expect(registerClient(within, request(text))).rejects.toEqual(
          refusal("unauthenticated", "unknown-token"),
        );
      expect(await lastEvent(tx)).toMatchObject({ operation: "client.generate" });
      const later = { ...nobody(tx), now: () => new Date(minute + 91_000) };
      expect(await tellUnknownProofs(later)).toBe(1);
      expect(await lastEvent(tx)).toMatchObject({
        operation: "client.register",
        outcome: "refused",
        targetId: null,
        values: { address: "10.20.4.31", "fact.reason": "unknown token", "fact.count": 5 },
      });
    }));

  test("refuses an expired token at its very end", () =>
    rolledBack(async (tx) => {
      const { clientId, token, expiresAt } = await eveWithClient(tx);
      const late = { ...nobody(tx), now: () => expiresAt };
      await expect(registerClient(late, request(token))).rejects.toEqual(refusal("unauthenticated", "token-expired"));
      expect((await stored(tx, clientId)).status).toBe("provisioned");
      expect(await lastEvent(tx)).toMatchObject({
        operation: "client.register",
        outcome: "refused",
        targetId: clientId,
      });
    }));

  test("refuses a token that was replaced, and takes the newer one (C7)", () =>
    rolledBack(async (tx) => {
      const { clientId, token } = await eveWithClient(tx);
      const newer = await reprovisionClient(asOperator(tx), { id: clientId });
      await expect(registerClient(nobody(tx), request(token))).rejects.toEqual(
        refusal("unauthenticated", "token-replaced"),
      );
      await registerClient(nobody(tx), request(newer.token));
      expect(await stored(tx, clientId)).toMatchObject({ status: "registered", awaiting: false });
    }));

  test("refuses while deregistered, with that reason (C5); after Reregister the new token works (C6)", () =>
    rolledBack(async (tx) => {
      const { clientId, token } = await eveWithClient(tx);
      await deregisterClient(asOperator(tx), { id: clientId });
      await expect(registerClient(nobody(tx), request(token))).rejects.toEqual(refusal("forbidden", "deregistered"));
      const again = await reregisterClient(asOperator(tx), { id: clientId });
      await registerClient(nobody(tx), request(again.token));
      expect(await stored(tx, clientId)).toMatchObject({ status: "registered", awaiting: false });
    }));

  test("is paused while the user is disabled or has ended, and resumes (C10)", () =>
    rolledBack(async (tx) => {
      const { eve, clientId, token } = await eveWithClient(tx);
      const set = (columns: Partial<typeof users.$inferInsert>) =>
        tx.update(users).set(columns).where(eq(users.id, eve.id));
      await set({ status: "disabled" });
      await expect(registerClient(nobody(tx), request(token))).rejects.toEqual(refusal("forbidden", "paused"));
      const ended = { accessEndsAt: new Date(Date.now() - 1000) };
      await set({ status: "active", ...ended });
      await expect(registerClient(nobody(tx), request(token))).rejects.toEqual(refusal("forbidden", "paused"));
      await expect(registerClient(nobody(tx), request(token))).rejects.toThrow("the access of its user has ended");
      await set({ status: "disabled" });
      await expect(registerClient(nobody(tx), request(token))).rejects.toThrow("its user is disabled");
      await set({ status: "archived", accessEndsAt: null });
      await expect(registerClient(nobody(tx), request(token))).rejects.toEqual(refusal("forbidden", "deregistered"));
      await set({ status: "active" });
      await registerClient(nobody(tx), request(token));
      expect((await stored(tx, clientId)).status).toBe("registered");
    }));

  test("refuses what is no public key before the token is touched", () =>
    rolledBack(async (tx) => {
      const { clientId, token } = await eveWithClient(tx);
      const off = { ...p256, y: p256.x };
      await expect(registerClient(nobody(tx), request(token, off))).rejects.toMatchObject({ code: "invalid" });
      expect((await stored(tx, clientId)).status).toBe("provisioned");
    }));
});

describe("what is taken", () => {
  const good = { token: "t", publicKey: ed25519, version: "1", platform: "p" };
  test.each([
    ["a private key", { ...good, publicKey: { ...ed25519, d: "x".repeat(43) } }],
    ["another curve", { ...good, publicKey: { ...p256, crv: "P-384" } }],
    ["a field too many", { ...good, admin: true }],
    ["NUL in a text", { ...good, version: "1\u0000" }],
    ["a lone surrogate", { ...good, platform: "\ud800" }],
    ["an overlong token", { ...good, token: "x".repeat(201) }],
    ["no object", []],
  ])("refuses %s", (_, input) => {
    expect(() => parseInput(registerClientSchema, input)).toThrow(AppError);
  });
});

describe("one token presented by two at once", () => {
  const often = rounds(20, 1_000);
  const [here, there] = twoProcesses("registrations");

  test(`registers one of them, ${often} rounds`, async () => {
    await loadPreset(here, "quality_assurance");
    const eve = await makeUser(here);
    for (let round = 0; round < often; round++) {
      await here.delete(throttles);
      const { clientId, token } = await generateClient(asOperator(here), { userId: eve.id, name: `rig ${round}` });
      const both = await Promise.allSettled([
        registerClient(nobody(here), request(token, ed25519)),
        registerClient(nobody(there), request(token, p256)),
      ]);
      const winner = both.findIndex(({ status }) => status === "fulfilled");
      const loser = both.find((result) => result.status === "rejected");
      expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(loser?.reason).toEqual(refusal("conflict", "token-used"));
      const client = await stored(here, clientId);
      expect(client).toMatchObject({ status: "registered", publicKey: [ed25519, p256][winner] });
      expect(client.tokenReusedAt).not.toBeNull();
      const [used] = await here.select().from(clientTokens).where(eq(clientTokens.clientId, clientId));
      expect(used?.usedAt).not.toBeNull();
      const told = await here
        .select({ outcome: events.outcome })
        .from(events)
        .where(and(eq(events.targetId, clientId), eq(events.operation, "client.register")));
      expect(told.map(({ outcome }) => outcome).sort()).toEqual(["refused", "succeeded"]);
    }
    tell("two registrations with one token", { rounds: often });
  }, 600_000);
});
