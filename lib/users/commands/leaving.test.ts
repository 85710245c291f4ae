import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { sessions } from "@/db/schema";
import { hashPassword } from "@/lib/auth/password-queue";
import { findSession } from "@/lib/auth/session";
import { generateClient } from "@/lib/clients/commands";
import { registerClient } from "@/lib/clients/register";
import { registerClientSchema } from "@/lib/clients/schema";
import { parseInput } from "@/lib/http/parse-input";
import { issueLink } from "@/lib/links/issue";
import { redeemReset } from "@/lib/passwords/commands/redeem";
import { signIn } from "@/lib/sign-in/sign-in";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { disableUser, enableUser } from "@/lib/users/commands/disable";

const password = "seven lanterns over the harbour";
const another = "eight boats upon the lake";
const { publicKey } = generateKeyPairSync("ed25519");
const nobody = (tx: Tx) => asNobody(tx, { address: "10.0.0.7", agent: "test", requestId: "r-1" });

/** Somebody with one of each credential, and ways to try every one of them. */
async function leaver(tx: Tx) {
  const { ada, quinn } = await company(tx);
  const ctx = await as(tx, ada);
  const person = await makeUser(tx, { username: "lea", firstName: "Lea", hash: await hashPassword(password) });
  const sessionId = newId();
  const endsAt = new Date(Date.now() + 1e7);
  await tx.insert(sessions).values({
    id: sessionId,
    userId: person.id,
    address: "10.0.0.1",
    agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36",
    endsAt,
  });
  const { token } = await generateClient(ctx, { userId: person.id, name: "lea-desk" });
  const { href } = await issueLink(ctx, tx, { purpose: "password_reset", userId: person.id });
  const linkToken = href.split("/").at(-1) ?? "";
  const tries = {
    session: () => findSession(tx as unknown as Db, sessionId, new Date()),
    password: () => signIn(nobody(tx), { name: "lea", password }),
    client: () =>
      registerClient(
        nobody(tx),
        parseInput(registerClientSchema, {
          token,
          publicKey: publicKey.export({ format: "jwk" }),
          version: "1.0.0",
          platform: "Debian 12",
        }),
      ),
    link: () => redeemReset(nobody(tx), { token: linkToken, newPassword: another, confirmPassword: another }),
  };
  return { ctx, person, quinn, tries };
}

describe("somebody leaves: every credential is tried again (U12)", () => {
  test("each of them worked before", () =>
    rolledBack(async (tx) => {
      const { tries, person } = await leaver(tx);
      expect(await tries.session()).toMatchObject({ user: { id: person.id } });
      await expect(tries.password()).resolves.toMatchObject({ sessionId: expect.any(String) });
      await expect(tries.client()).resolves.toMatchObject({ clientId: expect.any(String) });
      await expect(tries.link()).resolves.toEqual({ userId: person.id });
    }));

  test("disabled: the session is over, the client paused, the link invalid, and sign-in names the reason", () =>
    rolledBack(async (tx) => {
      const { ctx, person, tries } = await leaver(tx);
      const before = new Date();
      const ended = await disableUser(ctx, { id: person.id, reason: "On leave", until: null });
      expect(ended).toMatchObject({
        sessions: 1,
        devices: ["Chrome on Linux"],
        clients: 1,
        clientNames: ["lea-desk"],
        links: 1,
      });
      expect(ended.at.getTime()).toBeGreaterThanOrEqual(before.getTime());
      expect(ended.at.getTime()).toBeLessThanOrEqual(Date.now());
      expect((await lastEvent(tx)).values).toMatchObject({ "fact.sessions": 1, "fact.links": 1 });
      expect(await tries.session()).toBeNull();
      await expect(tries.password()).rejects.toEqual(refused("forbidden", /disabled/));
      await expect(tries.client()).rejects.toEqual(refused("forbidden", /paused/));
      await expect(tries.link()).rejects.toEqual(refused("precondition", /disabled|no longer works/));
    }));

  test("removed: the client is deregistered, and what was owned or managed has somebody else", () =>
    rolledBack(async (tx) => {
      const { ctx, person, quinn, tries } = await leaver(tx);
      await makeUser(tx, { username: "below", managerId: person.id });
      const ended = await archiveUser(ctx, { id: person.id, owners: [], managerId: quinn.id });
      expect(ended).toMatchObject({
        sessions: 1,
        clients: 1,
        clientNames: ["lea-desk"],
        links: 1,
        handedOver: [],
        reports: 1,
        manager: "Quinn Person",
      });
      expect(await tries.session()).toBeNull();
      await expect(tries.password()).rejects.toEqual(refused("forbidden", /removed|archived/));
      await expect(tries.client()).rejects.toEqual(refused("forbidden", /deregistered/));
      await expect(tries.link()).rejects.toEqual(refused("precondition", /removed|no longer works/));
    }));

  test("a link that was revoked stays invalid when the account is enabled again", () =>
    rolledBack(async (tx) => {
      const { ctx, person, tries } = await leaver(tx);
      await disableUser(ctx, { id: person.id, reason: "On leave", until: null });
      await enableUser(ctx, { id: person.id });
      await expect(tries.link()).rejects.toEqual(refused("precondition", /no longer works/));
      expect(await tries.session()).toBeNull();
      await expect(tries.password()).resolves.toMatchObject({ sessionId: expect.any(String) });
    }));
});
