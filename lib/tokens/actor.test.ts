import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { accessTokens, events, roles, unknownProofs, userRoles } from "@/db/schema";
import { describeToken } from "@/lib/api/me";
import { holds } from "@/lib/authz/evaluate";
import { createContext, type Person } from "@/lib/context";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { issueAccountToken } from "@/lib/service-accounts/commands/issue-token";
import { company } from "@/lib/testing/company";
import { as, asNobody, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { takeForOwn } from "@/lib/testing/process-database";
import { statementsOf } from "@/lib/testing/read-only";
import { asToken } from "@/lib/tokens/actor";
import { createToken, issueToken, revokeAccessToken } from "@/lib/tokens/commands";
import { flushUses } from "@/lib/tokens/last-use";
import { archiveUser } from "@/lib/users/commands/archive";
import { disableUser, enableUser } from "@/lib/users/commands/disable";

const day = 86_400_000;
const source = { address: "10.0.0.9", agent: "curl/8", requestId: "r-1" };

async function people(tx: Tx) {
  takeForOwn(tx);
  await loadPreset(tx, "quality_assurance");
  const ada = await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"], firstName: "Ada" });
  const eve = await makeUser(tx, { firstName: "Eve", username: "eve" });
  const acting = async (person: { id: string }) => as(tx, person);
  const use = (token: string, at = new Date()) => {
    const ctx = asNobody(tx, source);
    return asToken(createContext(tx, ctx.actor, { source, now: () => at }), token);
  };
  return { ada, eve, acting, use };
}

const refused = (problem: string) => ({ code: "unauthenticated", details: { problem } });

test("T1, T7: it acts as its owner for what it carries, and the log names both", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting, use } = await people(tx);
    const { token, id } = await createToken(await acting(ada), {
      name: "ops",
      operations: ["user.disable", "user.read"],
      days: 30,
    });
    const ctx = await use(token);
    expect(describeToken(ctx)).toMatchObject({
      user: { id: ada.id },
      token: { id, name: "ops" },
      operations: [
        { operation: "user.read", scopes: ["all"] },
        { operation: "user.disable", scopes: ["all"] },
      ],
    });
    await disableUser(ctx, { id: eve.id, reason: "left", until: null });
    const [event] = await tx.select().from(events).where(eq(events.operation, "user.disable"));
    expect(event).toMatchObject({ actorKind: "token", actorId: ada.id, tokenId: id, outcome: "succeeded" });
    await expect(enableUser(ctx, { id: eve.id })).rejects.toMatchObject({ code: "forbidden" });
    const [refusal] = await tx.select().from(events).where(eq(events.operation, "user.enable"));
    expect(refusal).toMatchObject({ actorKind: "token", actorId: ada.id, tokenId: id, outcome: "refused" });
  }));

test("T1: a token makes no other for anybody, whatever its row says", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting, use } = await people(tx);
    const { token } = await createToken(await acting(ada), { name: "ops", operations: ["user.read"], days: 30 });
    await tx.update(accessTokens).set({ operations: ["user.read", "token.issue", "token.manage"] });
    const wanted = { userId: eve.id, name: "more", operations: ["session.read"], days: 7 };
    await expect(issueToken(await use(token), wanted)).rejects.toMatchObject({ code: "forbidden" });
  }));

test("T1: a role that its owner loses is lost at the next use", () =>
  rolledBack(async (tx) => {
    const { ada, acting, use } = await people(tx);
    const { token } = await createToken(await acting(ada), { name: "ops", operations: ["user.read"], days: 30 });
    const ctx = await use(token);
    expect(holds(ctx.actor.access, "user.read", "all")).toBe(true);
    const admin = await roleNamed(tx, "Admin");
    await tx.delete(userRoles).where(eq(userRoles.roleId, admin.id));
    expect(holds((await use(token)).actor.access, "user.read", "all")).toBe(false);
    expect(holds(await ctx.actor.renew(tx, new Date()), "user.read", "all")).toBe(false);
    expect((await tx.select().from(roles)).length).toBeGreaterThan(3);
  }));

test("T1: what its row carries is asked each time, though nothing is computed twice while it stays the same", () =>
  rolledBack(async (tx) => {
    const { ada, acting, use } = await people(tx);
    const { token, id } = await createToken(await acting(ada), { name: "ops", operations: ["user.read"], days: 30 });
    const { access } = (await use(token)).actor;
    expect((await use(token)).actor.access).toBe(access);
    const carry = (operations: string[]) => tx.update(accessTokens).set({ operations }).where(eq(accessTokens.id, id));
    await carry(["group.read"]);
    const other = (await use(token)).actor.access;
    expect([holds(other, "user.read", "all"), holds(other, "group.read", "all")]).toEqual([false, true]);
    await carry(["user.read"]);
    expect(holds((await use(token)).actor.access, "group.read", "all")).toBe(false);
  }));

test("T1: what is for signed-in people is refused to a token, and so are more tokens", () =>
  rolledBack(async (tx) => {
    const { ada, acting, use } = await people(tx);
    const { token, id } = await createToken(await acting(ada), {
      name: "ops",
      operations: ["account.update", "token.read", "token.revoke"],
      days: 30,
    });
    const ctx = await use(token);
    const asPerson = ctx as unknown as Parameters<typeof createToken>[0];
    await expect(createToken(asPerson, { name: "more", operations: ["user.read"], days: 1 })).rejects.toMatchObject({
      code: "forbidden",
    });
    await revokeAccessToken(ctx, { id });
    await expect(use(token)).rejects.toMatchObject(refused("token-revoked"));
    await expect(ctx.actor.renew(tx, new Date())).rejects.toMatchObject(refused("token-revoked"));
  }));

test("unknown, expired, of somebody disabled or removed: refused with the reason, and counted for the log", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting, use } = await people(tx);
    await expect(use("gh_pat_nonsense")).rejects.toMatchObject(refused("unknown-token"));
    const { token } = await createToken(await acting(eve), { name: "ci", operations: ["session.read"], days: 1 });
    await use(token);
    await expect(use(token, new Date(Date.now() + day))).rejects.toMatchObject(refused("token-expired"));
    await disableUser(await acting(ada), { id: eve.id, reason: "left", until: null });
    await expect(use(token)).rejects.toMatchObject(refused("token-revoked"));
    await tx.update(accessTokens).set({ revokedAt: null });
    await expect(use(token)).rejects.toMatchObject(refused("owner-inactive"));
    await archiveUser(await acting(ada), { id: eve.id, managerId: null, owners: [] });
    await expect(use(token)).rejects.toMatchObject(refused("token-revoked"));
    const counted = await tx.select().from(unknownProofs).where(eq(unknownProofs.operation, "token.use"));
    expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  }));

test("R15: a token that somebody made for another stops once its maker could not act on that person", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting, use } = await people(tx);
    const maker: Person = (await acting(ada)).actor;
    const { token } = await issueToken(createContext(tx, maker), {
      userId: eve.id,
      name: "ci",
      operations: ["session.read"],
      days: 30,
    });
    await use(token);
    const admin = await roleNamed(tx, "Admin");
    await tx.delete(userRoles).where(eq(userRoles.roleId, admin.id));
    const lead = await roleNamed(tx, "Auditor");
    await tx.insert(userRoles).values({ userId: eve.id, roleId: lead.id });
    await expect(use(token)).rejects.toMatchObject(refused("token-outgrown"));
  }));

test("T1: the last use is kept, together and later", () =>
  rolledBack(async (tx) => {
    const { eve, acting, use } = await people(tx);
    const { token, id } = await createToken(await acting(eve), { name: "ci", operations: ["session.read"], days: 30 });
    const at = new Date();
    await use(token, new Date(at.getTime() - 5_000));
    await use(token, at);
    const rowOf = async () => (await tx.select().from(accessTokens).where(eq(accessTokens.id, id)))[0];
    expect((await rowOf())?.lastUsedAt).toBeNull();
    await flushUses();
    expect(await rowOf()).toMatchObject({ lastUsedAt: at, lastUsedAddress: "10.0.0.9", lastUsedAgent: "curl/8" });
  }));

test("who a token acts as, and what it may do, is one question to the database, also of a service account", () =>
  withFreshDatabase("token_statements", async (db, url) => {
    const { ada } = await company(db);
    const auditor = await roleNamed(db, "Auditor");
    const acting = await as(db, ada);
    const { id } = await createAccount(acting, { name: "Nightly", ownerId: ada.id, roleIds: [auditor.id] });
    const wanted = { name: "one", operations: ["audit.read"], days: 30 };
    const tokens = [await createToken(acting, wanted), await issueAccountToken(acting, { ...wanted, id })];
    for (const { token } of tokens) {
      const ask = () =>
        statementsOf(url, async (tx) => {
          takeForOwn(tx);
          const ctx = await asToken(asNobody(tx, source), token);
          expect(holds(ctx.actor.access, "audit.read", "all")).toBe(true);
          expect(describeToken(ctx)).toMatchObject({
            operations: expect.arrayContaining([{ operation: "audit.read", scopes: ["all"] }]),
          });
        });
      // The first reads the catalogue as well.
      await ask();
      expect(await ask()).toBe(1);
    }
  }));
