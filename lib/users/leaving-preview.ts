import { and, count, desc, eq, sql } from "drizzle-orm";
import { clients, sessions, users } from "@/db/schema";
import { isLive, limitsOf } from "@/lib/auth/session-limits";
import { canManage, statusAt } from "@/lib/authz/account-status";
import { authorize } from "@/lib/authz/authorize";
import { require } from "@/lib/authz/decision";
import { loadAccess } from "@/lib/authz/load";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { fullName } from "@/lib/normalization/names";
import { findPerson, type Named, namedInSight, type UserRow } from "@/lib/people/scoped";
import { readSettings } from "@/lib/platform/read-settings";
import { tokensInForce } from "@/lib/tokens/store";
import { type Owned, ownedInShort } from "@/lib/users/owned";

export type ArchivePreview = {
  firstName: string;
  sessions: { agent: string }[];
  clients: { name: string }[];
  /** Access tokens that work (T5). */
  tokens: { name: string }[];
  owned: Owned;
  /** How many there are, and the first of those in sight. */
  reports: { count: number; names: string[] };
  /** Offered first as manager of the direct reports: the removed person's own, while they can be one (U8). */
  manager: Named | null;
};

/** What "Remove user" would end, and what it requires (U11). For actors who may remove this person. */
export async function archivePreview(ctx: Ctx, id: string): Promise<ArchivePreview> {
  const person = await findPerson(ctx, "user.read", id);
  if (!person) throw notFound("The user");
  require(await authorize(ctx, ctx.db, "user.archive", { person: { id, name: fullName(person) } }));
  const reports = await ctx.db
    .select({ firstName: users.firstName, lastName: users.lastName })
    .from(users)
    .where(and(eq(users.managerId, id), within(ctx, "user.read", users.id)))
    .orderBy(users.nameKey)
    .limit(2);
  const [all] = await ctx.db.select({ reports: count() }).from(users).where(eq(users.managerId, id));
  return {
    firstName: person.firstName,
    ...(await runningOf(ctx, id)),
    owned: await ownedInShort(ctx.db, id, ctx.now()),
    reports: { count: all?.reports ?? 0, names: reports.map(fullName) },
    manager: await managerToOffer(ctx, person),
  };
}

/** What runs for a person and ends, or pauses, with their access. */
async function runningOf(ctx: Ctx, id: string) {
  const live = isLive(limitsOf(await readSettings(ctx.db)), ctx.now());
  const alive = await ctx.db
    .select({ agent: sessions.agent })
    .from(sessions)
    .where(and(eq(sessions.userId, id), live))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(20);
  const provisioned = await ctx.db
    .select({ name: clients.name })
    .from(clients)
    .where(and(eq(clients.userId, id), sql`${clients.status} <> 'deregistered'`))
    .orderBy(clients.nameKey);
  return {
    sessions: alive,
    clients: provisioned,
    tokens: await tokensInForce(ctx.db, { userId: id, serviceAccountId: null }, ctx.now()),
  };
}

export type EndPreview = Pick<ArchivePreview, "sessions" | "clients" | "tokens"> & { roles: string[] };

/** What an end of access would end at once. `roles`: those in force, by name. For actors who may edit this person. */
export async function endPreview(ctx: Ctx, id: string): Promise<EndPreview> {
  const person = await findPerson(ctx, "user.read", id);
  if (!person) throw notFound("The user");
  require(await authorize(ctx, ctx.db, "user.update", { person: { id, name: fullName(person) } }));
  const { roles: held } = await loadAccess(ctx.db, id, ctx.now());
  return { ...(await runningOf(ctx, id)), roles: held.filter(({ inForce }) => inForce).map(({ name }) => name) };
}

async function managerToOffer(ctx: Ctx, { managerId }: UserRow): Promise<Named | null> {
  if (!managerId) return null;
  const [manager] = await ctx.db.select().from(users).where(eq(users.id, managerId));
  return manager && canManage(statusAt(manager, ctx.now())) ? namedInSight(ctx, ctx.db, managerId) : null;
}
