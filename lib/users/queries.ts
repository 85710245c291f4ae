import { and, count, desc, eq, type SQL, sql } from "drizzle-orm";
import {
  accessTokens,
  clients,
  groupMembers,
  groups,
  identityProviders,
  roles,
  sessions,
  userRoles,
  users,
} from "@/db/schema";
import { isLive, limitsOf } from "@/lib/auth/session-limits";
import { canManage, isEnded, isLocked, statusAt } from "@/lib/authz/account-status";
import { authorize, authorizeAll } from "@/lib/authz/authorize";
import { type Decision, require } from "@/lib/authz/decision";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { factorWords, heldFactors } from "@/lib/factors/held";
import { fullName } from "@/lib/normalization/names";
import type { OperationKey } from "@/lib/operations";
import { type Kept, withKeeper } from "@/lib/people/keeper";
import { configurationNames } from "@/lib/people/names";
import { pictureAddress } from "@/lib/people/picture-address";
import { type UserOperation, userOperations, userRules } from "@/lib/people/policy";
import { findPerson, type Named, namedInSight, type UserRow } from "@/lib/people/scoped";
import { subjectOf } from "@/lib/people/subject";
import { wayInOf } from "@/lib/people/way-in";
import { readSettings } from "@/lib/platform/read-settings";
import { tokensAt, tokensInForce } from "@/lib/tokens/store";
import { storedForm } from "@/lib/users/conflict";
import { type OwnedObject, ownedObjects } from "@/lib/users/owned";

/** What the pages of one user show. */
export type UserDetail = Awaited<ReturnType<typeof getUser>>;

/** One user within what the actor may see; throws `not_found` otherwise. */
export async function getUser(ctx: Ctx, id: string) {
  const found = await findPerson(ctx, "user.read", id);
  if (!found) throw notFound("The user");
  const person = await withKeeper(ctx.db, found);
  const now = ctx.now();
  const [[primaryRole], manager, named, factors, standing, form, abilities] = await Promise.all([
    ctx.db.select().from(roles).where(eq(roles.id, person.primaryRoleId)),
    person.managerId ? namedInSight(ctx, ctx.db, person.managerId) : null,
    configurationNames(ctx.db, [person.configuration]),
    heldFactors(ctx.db, person.id),
    standingOf(ctx, person),
    storedForm(ctx.db, person),
    abilitiesOn(ctx, person),
  ]);
  return {
    id: person.id,
    username: person.username,
    email: person.email,
    name: fullName(person),
    firstName: person.firstName,
    lastName: person.lastName,
    configuration: named(person.configuration),
    keeper: person.keeper,
    status: statusAt(person, now),
    disabledReason: person.disabledReason,
    disabledUntil: person.disabledUntil,
    ended: isEnded(person, now),
    accessEndsAt: person.accessEndsAt,
    lockedSince: isLocked(person, now) ? person.lockedAt : null,
    lockedUntil: person.lockedUntil,
    archivedAt: person.archivedAt,
    mustChangePassword: person.mustChangePassword,
    lastSignInAt: person.lastSignInAt,
    createdAt: person.createdAt,
    picture: pictureAddress(person.id, person.pictureTag),
    primaryRole: { id: person.primaryRoleId, name: primaryRole?.name ?? "" },
    manager,
    managerId: person.managerId,
    factors: factorWords(factors),
    ...standing,
    form,
    abilities,
    isSelf: ctx.actor.access.personId === person.id,
  };
}

/**
 * What hangs on a person, and by what they can sign in. The count of clients or sessions is null where that page does not
 * open to the actor.
 */
async function standingOf(ctx: Ctx, person: UserRow) {
  const live = isLive(limitsOf(await readSettings(ctx.db)), ctx.now());
  const theirs = ctx.db.select({ n: count() }).from(clients).where(eq(clients.userId, person.id));
  const open = ctx.db
    .select({ n: count() })
    .from(sessions)
    .where(and(eq(sessions.userId, person.id), live));
  const working = ctx.db
    .select({ n: count() })
    .from(accessTokens)
    .where(and(eq(accessTokens.userId, person.id), tokensAt(ctx.now())));
  const counted = ctx.db
    .select({
      clients: sql<number | null>`case when ${opens(ctx, "client.read")} then (${theirs})::int end`,
      tokens: sql<number | null>`case when ${opens(ctx, "token.read")} then (${working})::int end`,
      sessions: sql<number | null>`case when ${opens(ctx, "session.read")} then (${open})::int end`,
    })
    .from(users)
    .where(eq(users.id, person.id));
  const [[row], owned, wayIn] = await Promise.all([
    counted,
    ownedObjects(ctx.db, person.id, ctx.now()),
    wayInOf(ctx, person.id),
  ]);
  return {
    counts: {
      clients: row?.clients ?? null,
      tokens: row?.tokens ?? null,
      sessions: row?.sessions ?? null,
      owned: owned.length,
    },
    wayIn,
  };
}

/** Whether a screen of `/admin` about a row of `users` opens to the actor by this operation. */
const opens = (ctx: Ctx, operation: OperationKey): SQL =>
  holdsBeyondSelf(ctx.actor.access, operation) ? within(ctx, operation, users.id) : sql`false`;

/** Where whoever made a user goes on: to their clients (U4), else to what they may see of them. */
export async function firstPageOf(ctx: Ctx, id: string): Promise<string> {
  const [row] = await ctx.db
    .select({
      clients: sql<boolean>`${opens(ctx, "client.read")}`,
      details: sql<boolean>`${opens(ctx, "user.read")}`,
    })
    .from(users)
    .where(eq(users.id, id));
  if (row?.clients && row.details) return `/admin/users/${id}/clients`;
  return row?.details ? `/admin/users/${id}` : "/admin/users";
}

export type Abilities = Record<UserOperation, Decision>;

/** What the actor may do with this person at this moment, and why not: the same decision that enforcement asks. */
export async function abilitiesOn(ctx: Ctx, person: UserRow & Kept): Promise<Abilities> {
  const decisions = await authorizeAll(ctx, ctx.db, userOperations, {
    person: { id: person.id, name: fullName(person) },
  });
  const actorId = ctx.actor.access.personId;
  const subject = subjectOf(person, ctx.now());
  return Object.fromEntries(
    userOperations.map((operation) => {
      const decision = decisions[operation];
      if (!decision.ok) return [operation, decision];
      return [operation, userRules[operation](actorId, subject)];
    }),
  ) as Abilities;
}

/** One user as a menu needs them: state and abilities. */
export async function getActionSubject(ctx: Ctx, id: string) {
  const found = await findPerson(ctx, "user.read", id);
  if (!found) throw notFound("The user");
  const person = await withKeeper(ctx.db, found);
  const [factors, abilities] = await Promise.all([heldFactors(ctx.db, person.id), abilitiesOn(ctx, person)]);
  return {
    id: person.id,
    name: fullName(person),
    username: person.username,
    status: statusAt(person, ctx.now()),
    factors: factorWords(factors),
    abilities,
  };
}

/** `by`: the provider that gave it (I3); null: somebody here. */
export type Membership = { groupId: string; name: string; endsAt: Date | null; owner: boolean; by: string | null };
export type DirectRole = { roleId: string; name: string; endsAt: Date | null };

/** Memberships and direct additional roles of one person, by name. */
export async function accessOf(ctx: Ctx, userId: string): Promise<{ memberships: Membership[]; direct: DirectRole[] }> {
  const memberships = await ctx.db
    .select({
      groupId: groups.id,
      name: groups.name,
      endsAt: groupMembers.endsAt,
      owner: sql<boolean>`coalesce(${groups.ownerId} = ${userId}, false)`,
      by: identityProviders.name,
    })
    .from(groupMembers)
    .innerJoin(groups, eq(groups.id, groupMembers.groupId))
    .leftJoin(identityProviders, eq(identityProviders.id, groupMembers.providerId))
    .where(eq(groupMembers.userId, userId))
    .orderBy(groups.nameKey);
  const direct = await ctx.db
    .select({ roleId: roles.id, name: roles.name, endsAt: userRoles.endsAt })
    .from(userRoles)
    .innerJoin(roles, eq(roles.id, userRoles.roleId))
    .where(eq(userRoles.userId, userId))
    .orderBy(roles.nameKey);
  return { memberships, direct };
}

export type ArchivePreview = {
  firstName: string;
  sessions: { agent: string }[];
  clients: { name: string }[];
  /** Access tokens that work (T5). */
  tokens: { name: string }[];
  owned: OwnedObject[];
  /** How many there are, and the first of those in sight. */
  reports: { count: number; names: string[] };
  /** Offered first as manager of the direct reports: the removed person's own, while they can be one (U8). */
  manager: Named | null;
};

/** What "Remove user" would end, and what it wants to be told (U11). For whoever may remove this person. */
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
    owned: await ownedObjects(ctx.db, id, ctx.now()),
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
  return { sessions: alive, clients: provisioned, tokens: await tokensInForce(ctx, id) };
}

export type EndPreview = Pick<ArchivePreview, "sessions" | "clients" | "tokens"> & { roles: string[] };

/** What an end of access would end at once. `roles`: those in force, by name. For whoever may edit this person. */
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
