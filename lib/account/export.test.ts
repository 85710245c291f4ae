import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import {
  awaitedIdentities,
  groupMembers,
  groups,
  identities,
  identityProviders,
  sessionIdTokens,
  sessions,
  users,
} from "@/db/schema";
import { exportOwnData } from "@/lib/account/export";
import { keepIdToken } from "@/lib/auth/id-tokens";
import { listActiveSessions } from "@/lib/sessions/active-users";
import { readSessionFilters } from "@/lib/sessions/filters";
import { listSessions } from "@/lib/sessions/queries";
import { company } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { makeProviders } from "@/lib/testing/identity-providers";
import { purgeUser } from "@/lib/users/commands/purge";

const peer = hostilePeer();

/** Pia, who is known by a provider, is in a group that it brought, and has a session that began there. */
async function stage(tx: Tx) {
  const { ada } = await company(tx);
  const ctx = await as(tx, ada);
  const { enabled } = await makeProviders(ctx, tx, peer);
  const pia = await makeUser(tx, { username: "pia", primaryRole: "Quality Engineer", configuration: enabled.slug });
  const told = { username: "pia", email: "pia@peer.example", firstName: "Pia", lastName: "Peer", emailVerified: true };
  const known = { providerId: enabled.id, issuer: peer.issuer, subject: "pia-1", userId: pia.id, claims: told };
  const [identity] = await tx.insert(identities).values(known).returning();
  const later = new Date(Date.now() + 86_400_000);
  const began = { userId: pia.id, identityId: identity?.id, address: "10.0.0.9", agent: "test", endsAt: later };
  const over = { startedAt: new Date(0), endedAt: new Date(), endedReason: "signed_out_by_provider" as const };
  const [session] = await tx
    .insert(sessions)
    .values([began, { ...began, ...over }])
    .returning();
  await keepIdToken(tx, session?.id ?? "", "a.b.c");
  const [group] = await tx.insert(groups).values({ name: "Peers", nameKey: "peers" }).returning();
  await tx.insert(groupMembers).values({ groupId: group?.id ?? "", userId: pia.id, providerId: enabled.id });
  const awaited = { providerId: enabled.id, userId: pia.id, email: "Pia@old.example", emailKey: "pia@old.example" };
  await tx.insert(awaitedIdentities).values({ ...awaited, endsAt: later });
  return { ctx, pia };
}

test("own data include the providers that know the person, by what, and which session and group came from there", () =>
  rolledBack(async (tx) => {
    const { pia } = await stage(tx);
    let text = "";
    for await (const piece of await exportOwnData(await as(tx, pia))) text += piece;
    expect(JSON.parse(text)).toMatchObject({
      identities: [
        {
          provider: "enabled",
          issuer: peer.issuer,
          subject: "pia-1",
          claims: { email: "pia@peer.example", emailVerified: true },
          lastSignInAt: null,
        },
      ],
      awaitedIdentities: [{ provider: "enabled", email: "Pia@old.example" }],
      groups: [{ name: "Peers", broughtBy: "enabled" }],
      sessions: [{ provider: "enabled" }, { provider: "enabled", endedReason: "signed_out_by_provider" }],
    });
    expect(text).not.toContain("a.b.c");
  }));

test("sessions are listed with the provider through which they began, and which one ended them (S9)", () =>
  rolledBack(async (tx) => {
    const { pia, ctx } = await stage(tx);
    const { live, ended } = await listSessions(await as(tx, pia), pia.id);
    expect(live.map(({ provider }) => provider)).toEqual(["enabled"]);
    expect(ended).toMatchObject([{ provider: "enabled", reason: "signed_out_by_provider", endedBy: null }]);
    const { rows } = await listActiveSessions(ctx, readSessionFilters({}).filters);
    expect(rows.map(({ person, provider }) => [person.username, provider])).toEqual([["pia", "enabled"]]);
    await tx.delete(identities).where(eq(identities.userId, pia.id));
    expect((await listSessions(await as(tx, pia), pia.id)).live).toMatchObject([{ provider: null }]);
  }));

test("a purge erases identities, ID tokens and prepared links, and no provider with them (U14)", () =>
  rolledBack(async (tx) => {
    const { pia, ctx } = await stage(tx);
    await tx.update(users).set({ status: "archived", statusBeforeArchive: "active" }).where(eq(users.id, pia.id));
    await purgeUser(ctx, { id: pia.id, username: "pia" });
    for (const table of [identities, sessionIdTokens, awaitedIdentities, groupMembers])
      expect(await tx.$count(table)).toBe(0);
    expect(await tx.$count(identityProviders)).toBe(2);
  }));
