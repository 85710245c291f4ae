import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { clients, clientTokens, users } from "@/db/schema";
import {
  confirmToken,
  deleteClient,
  deregisterClient,
  generateClient,
  renameClient,
  renewToken,
  reprovisionClient,
  reregisterClient,
} from "@/lib/clients/commands";
import { clientAbilities, findClientOwner, listClientStates, listClients } from "@/lib/clients/queries";
import { endClients } from "@/lib/clients/store";
import type { AppError } from "@/lib/errors";
import { foldName } from "@/lib/normalization/fold";
import { searchText } from "@/lib/normalization/search";
import { hashToken, isTokenText } from "@/lib/platform/token";
import { as, asOperator, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";

/** Ada may do everything, Quinn manages and Lee sees the people below; Eve reports to Lee; Sam to nobody. */
async function company(tx: Db | Tx) {
  await loadPreset(tx, "quality_assurance");
  const ada = await makeUser(tx, {
    username: "ada",
    firstName: "Ada",
    lastName: "Admin",
    primaryRole: "Quality Manager",
    roles: ["Admin"],
  });
  const quinn = await makeUser(tx, { username: "quinn", primaryRole: "Quality Manager" });
  const lee = await makeUser(tx, { username: "lee", primaryRole: "Quality Lead", managerId: quinn.id });
  const eve = await makeUser(tx, { username: "eve", firstName: "Eve", lastName: "Engineer", managerId: lee.id });
  const sam = await makeUser(tx, { username: "sam" });
  return { ada, quinn, lee, eve, sam };
}

const stored = async (tx: Tx, id: string) => (await tx.select().from(clients).where(eq(clients.id, id)))[0]!;
const tokensOf = (tx: Tx, id: string) => tx.select().from(clientTokens).where(eq(clientTokens.clientId, id));
const refused = (code: AppError["code"], message?: RegExp) =>
  expect.objectContaining({ code, ...(message && { message: expect.stringMatching(message) }) });

describe("Generate (C1, C2)", () => {
  test("makes a provisioned client with a token of which only the hash is kept, for 7 days", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const now = new Date("2026-11-22T09:00:00Z");
      const issued = await generateClient(await as(tx, ada, () => now), { userId: eve.id, name: "lab-rig-03" });
      expect(isTokenText("gh_cli", issued.token)).toBe(true);
      expect(issued.expiresAt).toEqual(new Date("2026-11-29T09:00:00Z"));

      const client = await stored(tx, issued.clientId);
      expect(client).toMatchObject({ status: "provisioned", awaiting: true, tokenConfirmedAt: null, publicKey: null });
      expect(client.tokenPrefix).toBe("gh_cli_");
      expect(client.tokenLastFour).toBe(issued.token.slice(-4));
      const [token] = await tokensOf(tx, client.id);
      expect(token).toMatchObject({ hash: hashToken(issued.token), usedAt: null, revokedAt: null });
      expect(JSON.stringify([client, token])).not.toContain(issued.token);

      const event = await lastEvent(tx);
      expect(event).toMatchObject({
        operation: "client.generate",
        outcome: "succeeded",
        actorId: ada.id,
        targetId: client.id,
        personId: eve.id,
      });
      expect(event.values).toMatchObject({ "fact.client": "lab-rig-03", "change.status": [null, "provisioned"] });
      expect(JSON.stringify(event)).not.toContain(issued.token.slice(7, 20));
    }));

  test("refuses a name that the user has already, at the field, whatever its case; another user may have it", () =>
    rolledBack(async (tx) => {
      const { ada, eve, sam } = await company(tx);
      const ctx = await as(tx, ada);
      await generateClient(ctx, { userId: eve.id, name: "Lab-Rig" });
      await expect(generateClient(ctx, { userId: eve.id, name: "lab-rig" })).rejects.toEqual(
        expect.objectContaining({
          code: "invalid",
          fields: { name: 'Eve Engineer already has a client named "lab-rig". Names are not case-sensitive.' },
        }),
      );
      expect(await lastEvent(tx)).toMatchObject({ operation: "client.generate", outcome: "refused", personId: eve.id });
      for (const name of ["lab\u2010rig", "lab-\ufe0frig", "lab-rig\u3164"])
        await expect(generateClient(ctx, { userId: eve.id, name })).rejects.toMatchObject({ code: "invalid" });
      await generateClient(ctx, { userId: sam.id, name: "lab-rig" });
    }));

  test("everybody for themselves; for others only within what they see (C9, R11)", () =>
    rolledBack(async (tx) => {
      const { quinn, lee, eve, sam } = await company(tx);
      await generateClient(await as(tx, eve), { userId: eve.id, name: "mine" });
      await generateClient(await as(tx, quinn), { userId: eve.id, name: "from-quinn" });
      await expect(generateClient(await as(tx, lee), { userId: eve.id, name: "x" })).rejects.toEqual(
        refused("forbidden"),
      );
      await expect(generateClient(await as(tx, quinn), { userId: sam.id, name: "x" })).rejects.toEqual(
        refused("not_found"),
      );
      await expect(generateClient(await as(tx, eve), { userId: lee.id, name: "x" })).rejects.toEqual(
        refused("not_found"),
      );
    }));

  test("refuses somebody who has been removed", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      await tx.update(users).set({ status: "archived" }).where(eq(users.id, eve.id));
      await expect(generateClient(await as(tx, ada), { userId: eve.id, name: "x" })).rejects.toEqual(
        refused("precondition", /has been removed/),
      );
    }));
});

describe("I have stored it (C2)", () => {
  test("confirms the token that is in force, not an earlier one", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      const first = await generateClient(ctx, { userId: eve.id, name: "x" });
      const second = await reprovisionClient(ctx, { id: first.clientId });
      await expect(confirmToken(ctx, { id: first.clientId, tokenId: first.tokenId })).rejects.toEqual(
        refused("precondition", /no longer valid/),
      );
      expect((await stored(tx, first.clientId)).tokenConfirmedAt).toBeNull();
      await confirmToken(ctx, { id: first.clientId, tokenId: second.tokenId });
      expect((await stored(tx, first.clientId)).tokenConfirmedAt).not.toBeNull();
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "client.confirm", personId: eve.id });
      expect(event.values["change.tokenStored"]).toEqual([false, true]);
    }));

  test("a token of another client is not found", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      const one = await generateClient(ctx, { userId: eve.id, name: "one" });
      const two = await generateClient(ctx, { userId: eve.id, name: "two" });
      await expect(confirmToken(ctx, { id: one.clientId, tokenId: two.tokenId })).rejects.toEqual(refused("not_found"));
    }));
});

describe("Deregister, Reregister, Reprovision (C4–C7)", () => {
  test("Deregister ends the tokens at once, and is refused a second time", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      const { clientId } = await generateClient(ctx, { userId: eve.id, name: "x" });
      await deregisterClient(ctx, { id: clientId });
      expect(await stored(tx, clientId)).toMatchObject({ status: "deregistered", awaiting: false });
      expect((await tokensOf(tx, clientId)).every((token) => token.revokedAt)).toBe(true);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "client.deregister", targetId: clientId, personId: eve.id });
      expect(event.values["change.status"]).toEqual(["provisioned", "deregistered"]);

      await expect(deregisterClient(ctx, { id: clientId })).rejects.toEqual(
        refused("precondition", /already deregistered/),
      );
      await expect(reprovisionClient(ctx, { id: clientId })).rejects.toEqual(refused("precondition"));
      expect(await lastEvent(tx)).toMatchObject({
        operation: "client.reprovision",
        outcome: "refused",
        targetId: clientId,
      });
    }));

  test("Reregister: registered at once, with a new token, without the old credential, awaiting its client", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      const first = await generateClient(ctx, { userId: eve.id, name: "x" });
      await expect(reregisterClient(ctx, { id: first.clientId })).rejects.toEqual(refused("precondition"));
      await deregisterClient(ctx, { id: first.clientId });
      const again = await reregisterClient(ctx, { id: first.clientId });
      expect(again.token).not.toBe(first.token);
      expect(await stored(tx, first.clientId)).toMatchObject({
        status: "registered",
        awaiting: true,
        deregisteredAt: null,
        publicKey: null,
        tokenConfirmedAt: null,
        tokenLastFour: again.token.slice(-4),
      });
      expect((await tokensOf(tx, first.clientId)).filter((token) => !token.revokedAt)).toHaveLength(1);
      expect((await lastEvent(tx)).values["change.status"]).toEqual(["deregistered", "registered"]);
    }));

  test("Reprovision of a registered client: provisioned, old credential and alarm gone", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      const { clientId } = await generateClient(ctx, { userId: eve.id, name: "x" });
      const credential = { publicKey: { kty: "OKP", crv: "Ed25519", x: "x" }, keyThumbprint: "t" };
      await tx
        .update(clients)
        .set({ status: "registered", awaiting: false, tokenReusedAt: new Date(), ...credential })
        .where(eq(clients.id, clientId));
      await reprovisionClient(ctx, { id: clientId });
      expect(await stored(tx, clientId)).toMatchObject({
        status: "provisioned",
        awaiting: true,
        publicKey: null,
        keyThumbprint: null,
        tokenReusedAt: null,
      });
    }));

  test("own clients: all but Reprovision, which requires client.manage (C9)", () =>
    rolledBack(async (tx) => {
      const { eve, lee, sam } = await company(tx);
      const ctx = await as(tx, eve);
      const { clientId } = await generateClient(ctx, { userId: eve.id, name: "x" });
      await expect(reprovisionClient(ctx, { id: clientId })).rejects.toEqual(refused("forbidden"));
      await deregisterClient(ctx, { id: clientId });
      await reregisterClient(ctx, { id: clientId });
      await expect(deregisterClient(await as(tx, lee), { id: clientId })).rejects.toEqual(refused("forbidden"));
      await expect(deregisterClient(await as(tx, sam), { id: clientId })).rejects.toEqual(
        refused("not_found", /^The client/),
      );
      await expect(deregisterClient(ctx, { id: sam.id })).rejects.toEqual(refused("not_found", /^The client/));
    }));
});

describe("a token lost unused (C9)", () => {
  test("of one's own client is replaced: the old one no longer works, the client stays what it was, and the log says so", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const ctx = await as(tx, eve);
      const first = await generateClient(ctx, { userId: eve.id, name: "x" });
      const id = first.clientId;
      const second = await renewToken(ctx, { id });
      expect(second.token).not.toBe(first.token);
      const tokens = await tx.select().from(clientTokens).where(eq(clientTokens.clientId, id));
      expect(tokens.filter(({ revokedAt }) => revokedAt === null).map((token) => token.id)).toEqual([second.tokenId]);
      expect(await lastEvent(tx)).toMatchObject({ operation: "client.renew", outcome: "succeeded", personId: eve.id });
      await deregisterClient(ctx, { id });
      await expect(renewToken(ctx, { id })).rejects.toEqual(refused("precondition", /Reregister it instead/));
      await reregisterClient(ctx, { id });
      await renewToken(ctx, { id });
      expect(await stored(tx, id)).toMatchObject({ status: "registered", awaiting: true });
      await tx.update(clients).set({ awaiting: false }).where(eq(clients.id, id));
      await expect(renewToken(ctx, { id })).rejects.toEqual(refused("precondition", /x has used its token/));
    }));

  test("is nobody else's to replace so", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const { clientId } = await generateClient(await as(tx, eve), { userId: eve.id, name: "x" });
      await expect(renewToken(await as(tx, ada), { id: clientId })).rejects.toEqual(refused("forbidden"));
    }));
});

describe("Rename and Delete (C15)", () => {
  test("Rename changes the name and how it is found, and nothing else; the log has both names", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const ctx = await as(tx, eve);
      const { clientId } = await generateClient(ctx, { userId: eve.id, name: "rig" });
      const before = await stored(tx, clientId);
      await renameClient(ctx, { id: clientId, name: "Ärmel 2" });
      expect(await stored(tx, clientId)).toEqual({
        ...before,
        ...{ name: "Ärmel 2", nameKey: foldName("Ärmel 2"), search: searchText("Ärmel 2") },
        revision: before.revision + 1,
      });
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "client.rename", targetId: clientId, personId: eve.id });
      expect(event.values).toMatchObject({ "fact.client": "rig", "change.name": ["rig", "Ärmel 2"] });
      await renameClient(ctx, { id: clientId, name: "Ärmel 2" });
      expect((await stored(tx, clientId)).revision, "nothing to change").toBe(before.revision + 1);
      await renameClient(ctx, { id: clientId, name: "ÄRMEL 2" });
      expect((await stored(tx, clientId)).name).toBe("ÄRMEL 2");
    }));

  test("Rename refuses a name that the user has already, at the field; and people out of sight", () =>
    rolledBack(async (tx) => {
      const { quinn, lee, eve, sam } = await company(tx);
      const ctx = await as(tx, quinn);
      await generateClient(ctx, { userId: eve.id, name: "taken" });
      const { clientId } = await generateClient(ctx, { userId: eve.id, name: "rig" });
      await expect(renameClient(ctx, { id: clientId, name: "TAKEN" })).rejects.toEqual(
        expect.objectContaining({
          code: "invalid",
          fields: { name: 'Eve Engineer already has a client named "TAKEN". Names are not case-sensitive.' },
        }),
      );
      expect(await lastEvent(tx)).toMatchObject({ operation: "client.rename", outcome: "refused", personId: eve.id });
      const input = { id: clientId, name: "mine" };
      await expect(renameClient(await as(tx, lee), input)).rejects.toEqual(refused("forbidden"));
      await expect(renameClient(await as(tx, sam), input)).rejects.toEqual(refused("not_found", /^The client/));
      expect((await stored(tx, clientId)).name).toBe("rig");
    }));

  test("Delete takes a deregistered client with its tokens, and no other; one's own requires client.manage", () =>
    rolledBack(async (tx) => {
      const { quinn, eve } = await company(tx);
      const ctx = await as(tx, quinn);
      const { clientId } = await generateClient(ctx, { userId: eve.id, name: "rig" });
      await expect(deleteClient(ctx, { id: clientId })).rejects.toEqual(
        refused("precondition", /^rig is provisioned\. Deregister it first\.$/),
      );
      await deregisterClient(ctx, { id: clientId });
      await expect(deleteClient(await as(tx, eve), { id: clientId })).rejects.toEqual(refused("forbidden"));
      expect(await tokensOf(tx, clientId)).toHaveLength(1);
      await deleteClient(ctx, { id: clientId });
      expect(await stored(tx, clientId)).toBeUndefined();
      expect(await tokensOf(tx, clientId)).toEqual([]);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "client.delete", targetId: clientId, personId: eve.id });
      expect(event.values).toMatchObject({ "fact.client": "rig" });
      await expect(deleteClient(ctx, { id: clientId })).rejects.toEqual(refused("not_found", /^The client/));
      await generateClient(ctx, { userId: eve.id, name: "rig" });
    }));
});

describe("with the person (C10, U12)", () => {
  test("archiving deregisters every client and ends every token, and says which", () =>
    rolledBack(async (tx) => {
      const { ada, eve, sam } = await company(tx);
      const ctx = await as(tx, ada);
      const b = await generateClient(ctx, { userId: eve.id, name: "b" });
      const a = await generateClient(ctx, { userId: eve.id, name: "a" });
      const gone = await generateClient(ctx, { userId: eve.id, name: "c" });
      await deregisterClient(ctx, { id: gone.clientId });
      const other = await generateClient(ctx, { userId: sam.id, name: "a" });
      expect(await endClients(ctx, tx, eve.id)).toEqual(["a", "b"]);
      for (const { clientId } of [a, b]) {
        expect((await stored(tx, clientId)).status).toBe("deregistered");
        expect((await tokensOf(tx, clientId)).every((token) => token.revokedAt)).toBe(true);
      }
      expect((await stored(tx, other.clientId)).status).toBe("provisioned");
    }));
});

describe("revisions and endings", () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 9, minutes));

  test("every change of a client raises its revision, and an earlier end of a token stays as it was", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = (minutes: number) => as(tx, ada, () => at(minutes));
      const first = await generateClient(await ctx(0), { userId: eve.id, name: "x" });
      const id = first.clientId;
      const revision = async () => (await stored(tx, id)).revision;
      expect(await revision()).toBe(1);
      await confirmToken(await ctx(1), { id, tokenId: first.tokenId });
      expect(await revision()).toBe(2);
      await reprovisionClient(await ctx(2), { id });
      expect(await revision()).toBe(3);
      expect(await endClients(await ctx(3), tx, eve.id)).toEqual(["x"]);
      expect(await revision()).toBe(4);
      const endOf = async (tokenId: string) =>
        (await tokensOf(tx, id)).find((token) => token.id === tokenId)?.revokedAt;
      expect(await endOf(first.tokenId)).toEqual(at(2));
      const second = await reregisterClient(await ctx(4), { id });
      expect(await revision()).toBe(5);
      await deregisterClient(await ctx(5), { id });
      expect(await revision()).toBe(6);
      expect(await stored(tx, id)).toMatchObject({ status: "deregistered", deregisteredAt: at(5) });
      expect(await endClients(await ctx(6), tx, eve.id)).toEqual([]);
      expect(await stored(tx, id)).toMatchObject({ revision: 6, deregisteredAt: at(5) });
      expect(await endOf(first.tokenId)).toEqual(at(2));
      expect(await endOf(second.tokenId)).toEqual(at(5));
    }));
});

describe("what is shown (R11)", () => {
  test("abilities say what is offered, and what is off and why", () =>
    rolledBack(async (tx) => {
      const { ada, lee, eve } = await company(tx);
      const abilitiesOf = async (viewer: { id: string }) => {
        const ctx = await as(tx, viewer);
        return clientAbilities(ctx, (await findClientOwner(ctx, eve.id))!);
      };
      expect((await abilitiesOf(ada)).reprovision.ok).toBe(true);
      expect(await abilitiesOf(eve)).toMatchObject({
        generate: { ok: true },
        reregister: { ok: true },
        reprovision: { ok: false, code: "forbidden" },
      });
      expect(await abilitiesOf(lee)).toMatchObject({ generate: { ok: false, code: "forbidden" } });
      await tx.update(users).set({ status: "archived" }).where(eq(users.id, eve.id));
      expect((await abilitiesOf(ada)).generate).toMatchObject({ ok: false, code: "precondition" });
    }));

  test("pages by name in the language's order, forwards and back, and states only within sight", () =>
    rolledBack(async (tx) => {
      const { ada, eve, sam } = await company(tx);
      const ctx = await as(tx, ada);
      const names = Array.from({ length: 60 }, (_, index) => `rig ${String(index).padStart(2, "0")}`);
      for (const name of [...names, "Ärmel", "zebra"]) await generateClient(ctx, { userId: eve.id, name });
      const owner = (await findClientOwner(ctx, eve.id))!;
      const first = await listClients(ctx, owner);
      expect(first.rows.map((row) => row.name)).toEqual(["Ärmel", ...names.slice(0, 49)]);
      expect(first).toMatchObject({ from: 1, previous: null, total: { value: 62 } });
      const second = await listClients(ctx, owner, { after: first.next! });
      expect(second.rows.map((row) => row.name)).toEqual([...names.slice(49), "zebra"]);
      expect(second).toMatchObject({ from: 51, next: null });
      const back = await listClients(ctx, owner, { before: second.previous! });
      expect(back.rows).toEqual(first.rows);
      expect(JSON.stringify(first)).not.toMatch(/hash|publicKey/);

      const ids = first.rows.slice(0, 2).map((row) => row.id);
      expect(await listClientStates(ctx, [...ids, "no id", sam.id])).toHaveLength(2);
      expect(await listClientStates(await as(tx, sam), ids)).toEqual([]);
      expect(await findClientOwner(await as(tx, sam), eve.id)).toBeNull();
      expect(await findClientOwner(asOperator(tx), "%ff")).toBeNull();
    }));
});
