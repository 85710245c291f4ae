import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { identities, identityProviders, roleOperations, roles, userRoles, users } from "@/db/schema";
import { describeEvent } from "@/lib/audit/describe";
import { plain } from "@/lib/audit/fields";
import { readAuditFilters } from "@/lib/audit-log/filters";
import { listEvents } from "@/lib/audit-log/queries";
import { needsAttention } from "@/lib/home/attention";
import { providerActivity } from "@/lib/identity-providers/activity";
import { disableProvider } from "@/lib/identity-providers/commands/state";
import { findProvider } from "@/lib/identity-providers/queries";
import { ProviderRefusal, type RefusalCode } from "@/lib/sign-in/providers/refusals";
import { refuse, signInThrough } from "@/lib/sign-in/providers/sign-in";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { makeProviders, providerRow } from "@/lib/testing/identity-providers";
import { takeForOwn } from "@/lib/testing/process-database";

const source = { address: "10.20.4.31", agent: "test", requestId: "req-1" };
const secret = "the provider does not accept the client id or its secret";

const peer = hostilePeer();

async function stage(tx: Tx) {
  takeForOwn(tx);
  const people = await company(tx);
  const ada = await as(tx, people.ada);
  const { enabled, tested } = await makeProviders(ada, tx, peer);
  const fail = (reason: string, code: RefusalCode = "settings", provider = enabled) =>
    expect(refuse(asNobody(tx, source), provider, code, reason)).rejects.toThrow(ProviderRefusal);
  const come = async (person: { id: string }) => {
    const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
    const [known] = await tx.select().from(identities).where(eq(identities.userId, person.id));
    if (!known)
      await tx
        .insert(identities)
        .values({ providerId: enabled.id, issuer: peer.issuer, subject: person.id, userId: person.id, claims });
    const proof = {
      issuer: peer.issuer,
      subject: person.id,
      sid: null,
      issuedAt: new Date(),
      idToken: null,
      claims: {},
    };
    return signInThrough(asNobody(tx, source), await providerRow(tx, enabled.id), { proof, device: null });
  };
  return { ...people, as: ada, enabled, tested, fail, come };
}

describe("the history of a provider", () => {
  test("says who signed in last, and what was refused, each with what can be done", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await at.come(at.eve);
      await at.fail(secret);
      await at.fail("it was cancelled at the provider", "cancelled");
      await at.fail(secret);
      await at.fail("nobody here is linked to it", "unknown", at.tested);
      const { signIns, faults, remedies } = await providerActivity(at.as, at.enabled.id);
      expect(signIns.map(({ person }) => person?.name)).toEqual(["Eve Engineer"]);
      expect(faults?.map(({ values }) => values["fact.reason"])).toEqual([
        secret,
        "it was cancelled at the provider",
        secret,
      ]);
      expect(remedies.map(({ reason }) => reason)).toEqual([secret, "it was cancelled at the provider"]);
      const [first] = faults ?? [];
      expect(first?.target).toMatchObject({ kind: "identity_provider", id: at.enabled.id });
      expect(plain(describeEvent(first!).sentence)).toMatch(
        /^Sign-in through enabled refused: the provider does not accept/,
      );
    }));

  test("the audit log finds the same by its target, beside what was done to the provider", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await at.fail(secret);
      await disableProvider(at.as, { id: at.enabled.id });
      const { filters } = readAuditFilters({ target: at.enabled.id });
      const { rows } = await listEvents(at.as, { filters, zone: "UTC" });
      expect(rows.map(({ operation }) => operation)).toEqual(
        expect.arrayContaining(["identity_provider.disable", "session.refuse", "identity_provider.create"]),
      );
    }));

  test("what the provider could not do for somebody is listed as well", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      const [engineer, lead] = [await roleNamed(tx, "Quality Engineer"), await roleNamed(tx, "Quality Lead")];
      const given = { createsUsers: true, defaultRoleId: lead.id, ceilingRoleIds: [engineer.id] };
      await tx.update(identityProviders).set(given).where(eq(identityProviders.id, at.enabled.id));
      const claims = {
        ...{ preferred_username: "nina.new", given_name: "Nina", family_name: "New" },
        ...{ email: "nina@northwind.example", email_verified: true },
      };
      const proof = { issuer: peer.issuer, subject: "nina", sid: null, issuedAt: new Date(), idToken: null, claims };
      const row = await providerRow(tx, at.enabled.id);
      await expect(signInThrough(asNobody(tx, source), row, { proof, device: null })).rejects.toThrow(ProviderRefusal);
      const { faults, remedies } = await providerActivity(at.as, at.enabled.id);
      expect(faults).toHaveLength(1);
      expect(remedies[0]?.advice).toMatch(/^The ceiling or the owner/);
    }));

  test("names nobody outside the sight of the reader, and refuses actors without permission (R11)", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await at.come(at.eve);
      await at.fail(secret);
      const reader = await makeUser(tx, { username: "reader" });
      const ctx = await as(tx, reader);
      await expect(providerActivity(ctx, at.enabled.id)).rejects.toEqual(refused("forbidden"));
      const [role] = await tx.insert(roles).values({ name: "Reads", nameKey: "reads", kind: "additional" }).returning();
      await tx.insert(roleOperations).values({ roleId: role!.id, operation: "identity_provider.read", scope: "all" });
      await tx.insert(userRoles).values({ userId: reader.id, roleId: role!.id });
      const seen = await providerActivity(await as(tx, reader), at.enabled.id);
      expect(seen).toMatchObject({ signIns: [{ person: null }], faults: null, remedies: [] });
    }));
});

describe("needs attention (U15, I1)", () => {
  const told = async (tx: Tx, person: { id: string }) =>
    ((await needsAttention(await as(tx, person))) ?? [])
      .filter(({ key }) => /^(secret|owner|failing)-/.test(key))
      .map(({ title, tone, action }) => [plain(title), tone, "href" in action ? action.href : null]);

  test("a secret that ends, an owner who has left, and sign-ins that all fail", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      const page = `/admin/identity-providers/${at.enabled.id}`;
      const other = await makeUser(tx, { username: "other", primaryRole: "Quality Manager", roles: ["Admin"] });
      expect(await told(tx, other)).toEqual([]);
      const soon = new Date(Date.now() + 12.5 * 86_400_000);
      await tx.update(identityProviders).set({ secretExpiresAt: soon });
      expect(await told(tx, other)).toEqual([
        ["enabled: client secret expires in 12 days", "warning", `${page}/connection`],
      ]);
      await tx.update(identityProviders).set({ secretExpiresAt: new Date("2026-01-01") });
      expect(await told(tx, other)).toEqual([["enabled: client secret has expired", "danger", `${page}/connection`]]);
      await tx.update(identityProviders).set({ secretExpiresAt: null });

      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, at.ada.id));
      expect(await told(tx, other)).toEqual([["enabled has no active owner", "warning", page]]);
      expect(await findProvider(await as(tx, other), at.enabled.id)).toMatchObject({ ownerLeft: true });
      await tx.update(users).set({ status: "active" }).where(eq(users.id, at.ada.id));

      for (let time = 0; time < 3; time++) await at.fail(secret);
      expect(await told(tx, other)).toEqual([
        ["The last 3 sign-ins through enabled failed", "danger", `${page}/activity`],
      ]);
      expect(await told(tx, at.quinn)).toEqual([]);
      await at.come(at.eve);
      expect(await told(tx, other)).toEqual([]);
      for (let time = 0; time < 5; time++) await at.fail("it was cancelled at the provider", "cancelled");
      expect(await told(tx, other), "what people do is no fault of it").toEqual([]);
      await tx.update(identityProviders).set({ state: "disabled", secretExpiresAt: soon });
      expect(await told(tx, other)).toEqual([]);
    }));
});
