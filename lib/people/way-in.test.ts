import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { identities, identityProviders, links, passkeys, passwords, users } from "@/db/schema";
import { lacksWayIn, storedWayIn } from "@/lib/people/way-in";
import { company } from "@/lib/testing/company";
import { as, type Draft, makeUser, rolledBack } from "@/lib/testing/database";
import { storeProvider } from "@/lib/testing/identity-providers";
import { archiveUser } from "@/lib/users/commands/archive";
import { purgeUser } from "@/lib/users/commands/purge";
import { restoreUser } from "@/lib/users/commands/restore";

const later = new Date(Date.now() + 86_400_000);
const past = new Date(Date.now() - 86_400_000);

async function standing(tx: Tx, { id }: { id: string }) {
  const at = new Date();
  const [row] = await tx
    .select({ way: storedWayIn(at), lacks: sql<boolean>`coalesce(${lacksWayIn(at)}, false)` })
    .from(users)
    .where(eq(users.id, id));
  return row;
}

type Link = Partial<typeof links.$inferInsert>;

async function holding(tx: Tx, draft: Draft, { passkey = false, link }: { passkey?: boolean; link?: Link } = {}) {
  const person = await makeUser(tx, draft);
  if (passkey)
    await tx.insert(passkeys).values({ userId: person.id, credentialId: person.id, publicKey: "key", name: "Laptop" });
  if (link)
    await tx
      .insert(links)
      .values({ id: newId(), purpose: "invitation", userId: person.id, hash: person.id, expiresAt: later, ...link });
  return person;
}

describe("what somebody can sign in with", () => {
  test.each([
    ["present", "https://op.example", "credential"],
    ["earlier", "https://before.example", "none"],
  ])("an identity of the %s issuer of a provider", (_, issuer, way) =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const { id } = await storeProvider(tx, "northwind", ada.id);
      await tx.update(identityProviders).set({ state: "enabled" }).where(eq(identityProviders.id, id));
      const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
      await tx.insert(identities).values({ providerId: id, issuer, subject: "eve", userId: eve.id, claims });
      expect(await standing(tx, eve)).toEqual({ way, lacks: way === "none" });
    }),
  );

  test.each<[string, Draft, Parameters<typeof holding>[2], string, boolean]>([
    ["a password", { hash: "hash" }, {}, "credential", false],
    ["a passkey", {}, { passkey: true }, "credential", false],
    ["an open invitation", { status: "invited" }, { link: {} }, "link", false],
    ["an open link for a password", {}, { link: { purpose: "password_reset" } }, "link", false],
    ["a link for another address", {}, { link: { purpose: "email_change" } }, "none", true],
    ["an invitation that has expired", { status: "invited" }, { link: { expiresAt: past } }, "none", true],
    ["an invitation that was revoked", { status: "invited" }, { link: { revokedAt: past } }, "none", true],
    ["nothing, and locked", { lockedAt: past }, {}, "none", true],
    ["nothing, and disabled", { status: "disabled" }, {}, "none", false],
    ["nothing, and disabled until yesterday", { status: "disabled", disabledUntil: past }, {}, "none", true],
    ["nothing, and without access any more", { accessEndsAt: past }, {}, "none", false],
    ["nothing, and archived", { status: "archived" }, {}, "none", false],
    ["nothing, at a provider that is gone", { configuration: "entra" }, {}, "none", true],
    ["a password, at a provider that is gone", { configuration: "entra", hash: "hash" }, {}, "credential", false],
    ["a passkey, at a provider that is gone", { configuration: "entra" }, { passkey: true }, "credential", false],
    ["an open link, at a provider that is gone", { configuration: "entra" }, { link: {} }, "link", false],
    ["nothing, archived, at a provider that is gone", { configuration: "x", status: "archived" }, {}, "none", false],
  ])("%s", (_, draft, held, way, lacks) =>
    rolledBack(async (tx) => {
      await company(tx);
      expect(await standing(tx, await holding(tx, draft, held))).toEqual({ way, lacks });
    }),
  );

  test("the last credential that goes is noticed, and the first that comes", () =>
    rolledBack(async (tx) => {
      await company(tx);
      const person = await holding(tx, { hash: "hash" }, { passkey: true });
      await tx.delete(passwords).where(eq(passwords.userId, person.id));
      expect(await standing(tx, person)).toMatchObject({ way: "credential" });
      await tx.delete(passkeys).where(eq(passkeys.userId, person.id));
      expect(await standing(tx, person)).toMatchObject({ way: "none" });
      await tx.insert(passwords).values({ userId: person.id, hash: "hash" });
      expect(await standing(tx, person)).toMatchObject({ way: "credential" });
    }));

  test("restored: none, until one is set; purged with a password: gone (U13, U14)", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      const person = await holding(tx, { username: "rita", hash: "hash" }, { passkey: true });
      await archiveUser(ctx, { id: person.id, owners: [], managerId: null });
      await restoreUser(ctx, { id: person.id });
      expect(await standing(tx, person)).toEqual({ way: "none", lacks: true });
      await tx.insert(passwords).values({ userId: person.id, hash: "hash" });
      await archiveUser(ctx, { id: person.id, owners: [], managerId: null });
      await purgeUser(ctx, { id: person.id, username: "rita" });
      expect(await standing(tx, person)).toBeUndefined();
    }));
});
