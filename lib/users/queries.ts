import { and, count, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, alias } from "drizzle-orm/pg-core";
import { kept } from "@/db/kept";
import { accessTokens, clients, passwords, sessions, users } from "@/db/schema";
import { endOf, limitsOf } from "@/lib/auth/session-limits";
import { isEnded, isLocked, statusAt } from "@/lib/authz/account-status";
import { authorizeAll } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Access } from "@/lib/authz/model";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { factorColumns, factorWords, heldFactors } from "@/lib/factors/held";
import { canMail } from "@/lib/mail/reach";
import { mailWorksWith, transportColumn } from "@/lib/mail/transport";
import { isAddress } from "@/lib/normalization/mailbox";
import { fullName } from "@/lib/normalization/names";
import type { OperationKey } from "@/lib/operations";
import { type HeldBy, heldBy } from "@/lib/people/held";
import { type Kept, withKeeper } from "@/lib/people/keeper";
import { type UserOperation, userOperations, userRules } from "@/lib/people/policy";
import { findPerson, namedAs, type UserRow, visibleTo } from "@/lib/people/scoped";
import { subjectOf } from "@/lib/people/subject";
import { wayInColumns, wayInFrom } from "@/lib/people/way-in";
import { pictureAddress, pictureInSight } from "@/lib/platform/picture-address";
import { settingColumn, settingValue } from "@/lib/platform/read-settings";
import { tokensAt } from "@/lib/tokens/store";
import { formWith } from "@/lib/users/conflict";
import { ownedNouns } from "@/lib/users/owned-nouns";

/** What the pages of one user show. */
export type UserDetail = Awaited<ReturnType<typeof detailOf>>;

/** One user within what the actor may see; throws `not_found` otherwise. */
export async function getUser(ctx: Ctx, id: string) {
  const found = await findPerson(ctx, "user.read", id);
  if (!found) throw notFound("The user");
  return detailOf(ctx, found);
}

/** What the caller reads as well: what is stored with the person, and what they hold. */
type Known = { held?: Promise<HeldBy>; access?: () => Promise<Access> };

/** The same of a row in sight. */
export async function detailOf(ctx: Ctx, found: UserRow, known: Known = {}) {
  const person = await withKeeper(ctx.db, found);
  const now = ctx.now();
  const [standing, held, { abilities, identities }] = await Promise.all([
    standingOf(ctx, person),
    known.held ?? heldBy(ctx.db, person.id),
    abilitiesAndIdentities(ctx, person, known.access),
  ]);
  return {
    id: person.id,
    username: person.username,
    email: person.email,
    name: fullName(person),
    firstName: person.firstName,
    lastName: person.lastName,
    configuration: person.keeper?.name ?? person.configuration,
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
    primaryRole: { id: person.primaryRoleId, name: held.primaryRole },
    managerId: person.managerId,
    ...standing,
    form: formWith(person, held),
    abilities,
    identities,
    isSelf: ctx.actor.access.personId === person.id,
  };
}

/**
 * Who manages a person, what hangs on them, and by what they can sign in, in one query. The count of clients or sessions is null where
 * that page does not open to the actor.
 */
async function standingOf(ctx: Ctx, { id, managerId }: UserRow) {
  const now = ctx.now();
  const manager = alias(users, "manager");
  const theirs = ctx.db.select({ n: count() }).from(clients).where(eq(clients.userId, id));
  const registered = ctx.db
    .select({ n: count() })
    .from(clients)
    .where(and(eq(clients.userId, id), eq(clients.status, "registered")));
  // The settings decide whether a session is open yet, and the same query reads them.
  const open = ctx.db
    .select({ times: sql`json_agg(json_build_array(started_at, last_seen_at, ends_at))` })
    .from(sessions)
    .where(and(eq(sessions.userId, id), isNull(sessions.endedAt), gt(sessions.endsAt, now)));
  const working = ctx.db
    .select({ n: count() })
    .from(accessTokens)
    .where(and(eq(accessTokens.userId, id), tokensAt(now)));
  const owning = (owner: AnyPgColumn) => sql`(select count(*) from ${owner.table} where ${owner} = ${id})`;
  const asked = ctx.db
    .select({
      manager: { firstName: manager.firstName, lastName: manager.lastName, pictureTag: manager.pictureTag },
      managerVisible: visibleTo(ctx, manager.id),
      clients: sql<number | null>`case when ${opens(ctx, "client.read")} then (${theirs})::int end`,
      registered: sql<number | null>`case when ${opens(ctx, "client.read")} then (${registered})::int end`,
      tokens: sql<number | null>`case when ${opens(ctx, "token.read")} then (${working})::int end`,
      sessions: sql<
        [string, string, string][] | null
      >`case when ${opens(ctx, "session.read")} then coalesce((${open}), '[]') end`,
      idle: settingColumn("sessions.idleHours"),
      absolute: settingColumn("sessions.absoluteDays"),
      owned: sql<number>`(${sql.join(
        Object.values(ownedNouns).map(({ ownerId }) => owning(ownerId)),
        sql` + `,
      )})::int`,
      password: sql<boolean>`${passwords.userId} is not null`,
      factors: factorColumns(id),
      wayIn: wayInColumns(now),
      transport: transportColumn,
      email: users.email,
    })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(manager, eq(manager.id, users.managerId))
    .where(eq(users.id, id));
  const [row] = await kept(asked);
  if (!row) throw notFound("The user");
  const limits = limitsOf({
    "sessions.idleHours": settingValue("sessions.idleHours", row.idle),
    "sessions.absoluteDays": settingValue("sessions.absoluteDays", row.absolute),
  });
  const live = row.sessions?.filter(([startedAt, lastSeenAt, endsAt]) => {
    const times = { startedAt: new Date(startedAt), lastSeenAt: new Date(lastSeenAt), endsAt: new Date(endsAt) };
    return endOf(times, limits) > now;
  });
  return {
    manager:
      managerId && row.manager
        ? {
            ...namedAs(managerId, row.manager, row.managerVisible),
            visible: row.managerVisible,
            picture: pictureInSight({ id: managerId, pictureTag: row.manager.pictureTag }, row.managerVisible),
          }
        : null,
    factors: factorWords(row.factors),
    signsInWith: { password: row.password, passkey: row.factors.passkeys > 0 },
    counts: {
      clients: row.clients,
      registered: row.registered,
      tokens: row.tokens,
      sessions: live?.length ?? null,
      owned: row.owned,
    },
    wayIn: await wayInFrom(ctx, id, row.wayIn),
    /** Whether a link can be mailed to them; else it is shown once. */
    mail: isAddress(row.email) && mailWorksWith(row.transport),
  };
}

/** Whether a screen of `/admin` about a row of `users` opens to the actor by this operation. */
const opens = (ctx: Ctx, operation: OperationKey): SQL =>
  holdsBeyondSelf(ctx.actor.access, operation) ? within(ctx, operation, users.id) : sql`false`;

/** Where the creator of a user continues: at their clients (U4), else at what they may see of them. */
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
export const abilitiesOn = async (ctx: Ctx, person: UserRow & Kept): Promise<Abilities> =>
  (await abilitiesAndIdentities(ctx, person)).abilities;

/** The same, and of what they are known by to providers. */
async function abilitiesAndIdentities(ctx: Ctx, person: UserRow & Kept, access?: () => Promise<Access>) {
  const decisions = await authorizeAll(
    ctx,
    ctx.db,
    [...userOperations, "identity.unlink", "identity.cancel"] as const,
    {
      person: { id: person.id, name: fullName(person) },
    },
    access,
  );
  const actorId = ctx.actor.access.personId;
  const subject = subjectOf(person, ctx.now());
  const abilities = Object.fromEntries(
    userOperations.map((operation) => {
      const decision = decisions[operation];
      if (!decision.ok) return [operation, decision];
      return [operation, userRules[operation](actorId, subject)];
    }),
  ) as Abilities;
  return { abilities, identities: { unlink: decisions["identity.unlink"], cancel: decisions["identity.cancel"] } };
}

/** One user as a menu needs them: state and abilities. */
export async function getActionSubject(ctx: Ctx, id: string) {
  const found = await findPerson(ctx, "user.read", id);
  if (!found) throw notFound("The user");
  const person = await withKeeper(ctx.db, found);
  const [mail, factors, abilities] = await Promise.all([
    canMail(ctx.db, person.email),
    heldFactors(ctx.db, person.id),
    abilitiesOn(ctx, person),
  ]);
  return {
    id: person.id,
    name: fullName(person),
    username: person.username,
    email: person.email,
    mail,
    status: statusAt(person, ctx.now()),
    factors: factorWords(factors),
    abilities,
  };
}

/** `by`: the provider that gave it (I3); null: somebody here. */
export type Membership = { groupId: string; name: string; endsAt: Date | null; owner: boolean; by: string | null };
export type DirectRole = { roleId: string; name: string; endsAt: Date | null };

/** Memberships and direct additional roles of one person, by name. */
export const givenIn = ({ groups, roles }: HeldBy): { memberships: Membership[]; direct: DirectRole[] } => ({
  memberships: groups.map(({ id: groupId, ...held }) => ({ groupId, ...held })),
  direct: roles.map(({ id: roleId, ...held }) => ({ roleId, ...held })),
});
