import { and, eq, isNull } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { accessTokens, clients, events, links, sessions } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { credentialList } from "@/lib/credentials/filters";
import { servedCredentials } from "@/lib/credentials/list";
import { mayRevokeSome, previewRevocation, revokeCredentials } from "@/lib/credentials/revoke";
import { issueLink } from "@/lib/links/issue";
import { company } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";

const soon = () => new Date(Date.now() + 3_600_000);

/** One of each kind, all of Eve's but the invitation of Ivy. */
async function stage(tx: Tx) {
  const people = await company(tx);
  const { ada, eve } = people;
  const ivy = await makeUser(tx, { username: "ivy", firstName: "Ivy", status: "invited" });
  const ctx = await as(tx, ada);
  await tx.insert(accessTokens).values({
    ...{ userId: eve.id, name: "nightly", nameKey: "nightly", hash: newId(), prefix: "gh_pat_", lastFour: "0000" },
    operations: ["user.read"],
  });
  await tx.insert(clients).values({
    ...{ userId: eve.id, name: "rig", nameKey: "rig", status: "registered", awaiting: false },
    ...{ tokenPrefix: "gh", tokenLastFour: "0000", tokenExpiresAt: soon() },
  });
  await tx.insert(sessions).values({ userId: eve.id, address: "192.0.2.1", agent: "curl/8", endsAt: soon() });
  await issueLink(ctx, tx, { purpose: "invitation", userId: ivy.id });
  await issueLink(ctx, tx, { purpose: "password_reset", userId: eve.id });
  const [session] = await tx
    .insert(sessions)
    .values({ userId: ada.id, address: "192.0.2.2", agent: "curl/8", endsAt: soon() })
    .returning();
  const signedIn: Ctx = { ...ctx, actor: { ...ctx.actor, sessionId: session?.id ?? null } };
  return { ...people, ivy, ctx, signedIn, own: session?.id ?? "" };
}

const listed = async (ctx: Ctx) => (await servedCredentials.page(ctx, credentialList.usual, undefined)).rows;
const chosen = (rows: Awaited<ReturnType<typeof listed>>) => rows.map(({ id, kind }) => ({ id, kind }));

test("several of every kind end at once, each by the command of its own page, and one's own session stays", () =>
  rolledBack(async (tx) => {
    const { signedIn, own, eve } = await stage(tx);
    const all = chosen(await listed(signedIn));
    expect(all.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["access_token", "client", "session", "invitation", "password_reset"]),
    );
    const before = await tx.$count(events);
    const preview = await previewRevocation(signedIn, all);
    expect(await tx.$count(events)).toBe(before);
    expect(preview.filter(({ refusal }) => refusal)).toEqual([
      { id: own, kind: "session", refusal: "This is your current session. Sign out to end it." },
    ]);
    const settled = await revokeCredentials(signedIn, all);
    expect(settled.filter(({ refusal }) => refusal).map(({ id }) => id)).toEqual([own]);
    expect((await listed(signedIn)).map(({ id }) => id)).toEqual([own]);
    const told = (await tx.select().from(events)).slice(-(all.length - 1)).map(({ operation }) => operation);
    expect(told.toSorted()).toEqual(
      expect.arrayContaining([
        ...["client.deregister", "invitation.revoke", "password.revoke_link", "session.end", "token.revoke"],
      ]),
    );
    expect(await tx.$count(sessions, and(eq(sessions.userId, eve.id), isNull(sessions.endedAt)))).toBe(0);
  }));

test("what the actor may not end stays, with the reason, and what is out of sight is not there", () =>
  rolledBack(async (tx) => {
    const { ctx, lee, eve, quinn } = await stage(tx);
    const all = chosen(await listed(ctx)).filter(({ kind }) => kind !== "session");
    const lead = await as(tx, lee);
    expect((await listed(lead)).map(({ kind }) => kind).toSorted()).toEqual(["client", "password_reset"]);
    const reasons = new Map((await previewRevocation(lead, all)).map(({ kind, refusal }) => [kind, refusal]));
    expect(reasons.get("client")).toMatch(/permission to deregister a client here: Eve Engineer is outside your reach/);
    expect(reasons.get("password_reset")).toMatch(/None of your roles lets you revoke a link for a new password/);
    expect(reasons.get("access_token")).toBe("The token doesn't exist, or you don't have access to it.");
    expect(reasons.get("invitation")).toBe("The link doesn't exist, or you don't have access to it.");
    expect((await revokeCredentials(lead, all)).every(({ refusal }) => refusal !== null)).toBe(true);
    expect(await tx.$count(accessTokens, and(eq(accessTokens.userId, eve.id), isNull(accessTokens.revokedAt)))).toBe(1);
    expect(await tx.$count(links, isNull(links.revokedAt))).toBe(2);
    expect(mayRevokeSome(ctx)).toBe(true);
    expect(mayRevokeSome(await as(tx, quinn))).toBe(true);
    expect(mayRevokeSome(lead)).toBe(false);
  }));

test("what ended in the meantime is reported as ended", () =>
  rolledBack(async (tx) => {
    const { ctx } = await stage(tx);
    const all = chosen(await listed(ctx)).filter(({ kind }) => ["client", "invitation"].includes(kind));
    await revokeCredentials(ctx, all);
    const again = new Map((await revokeCredentials(ctx, all)).map(({ kind, refusal }) => [kind, refusal]));
    expect(again.get("client")).toBe("rig is already deregistered.");
    expect(again.get("invitation")).toBe("The link doesn't exist, or you don't have access to it.");
  }));
