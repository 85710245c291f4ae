import { and, eq, type SQL, sql } from "drizzle-orm";
import { identities, identityProviders, sessions, users } from "@/db/schema";
import { isSignedIn, type Limits, limitsOf } from "@/lib/auth/session-limits";
import { statusCondition } from "@/lib/authz/account-status";
import { authorize } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { latestFirst, serveByKey } from "@/lib/lists/serve-by-key";
import { columns, type ListedUser, withDetails } from "@/lib/people/rows";
import { visibleTo } from "@/lib/people/scoped";
import { searchCondition } from "@/lib/people/search";
import { pictureInSight } from "@/lib/platform/picture-address";
import { readSettings } from "@/lib/platform/read-settings";
import { deviceOf } from "@/lib/sessions/device";
import { activeUserList } from "@/lib/sessions/filters";

export type ActiveSession = {
  id: string;
  person: Pick<ListedUser, "id" | "name" | "username" | "roles" | "lastSignInAt" | "picture">;
  address: string;
  device: string;
  /** The identity provider through which it began, by name; null: none, or it is unlinked. */
  provider: string | null;
  agent: string;
  startedAt: Date;
  lastSeenAt: Date;
  /** The session in which the list is being read. */
  own: boolean;
  mayEnd: Decision;
};

/** The open sessions that the actor may see (C13, R11), the one seen last first. */
export const servedActiveUsers = serveByKey(activeUserList, {
  from: sql`sessions join users on users.id = sessions.user_id`,
  id: sessions.id,
  within: openTo,
  search(q) {
    const person = searchCondition(q);
    const address = sql`${sessions.address} like ${`${q.replace(/[\\%_]/g, "\\$&")}%`}`;
    return person && sql`(${person} or ${address})`;
  },
  filters: {},
  sorts: latestFirst(sessions.lastSeenAt),
  choices: {},
  find: (ctx, { where, order, limit, key }) =>
    ctx.db
      .select({
        id: sessions.id,
        session: sessions,
        provider: identityProviders.name,
        person: columns,
        visible: visibleTo(ctx, users.id),
        key,
      })
      .from(sessions)
      .leftJoin(identities, eq(identities.id, sessions.identityId))
      .leftJoin(identityProviders, eq(identityProviders.id, identities.providerId))
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(where)
      .orderBy(order)
      .limit(limit),
  async rows(ctx, found): Promise<ActiveSession[]> {
    const people = await peopleOf(
      ctx,
      found.map(({ person }) => person),
    );
    return found.flatMap(({ session, provider, person, visible }) => {
      const known = people.get(person.id);
      if (!known) return [];
      const { id, address, agent, startedAt, lastSeenAt } = session;
      const shown = { id, address, agent, startedAt, lastSeenAt, device: deviceOf(agent), provider };
      const picture = pictureInSight(person, visible);
      return { ...shown, own: id === ctx.actor.sessionId, ...known, person: { ...known.person, picture } };
    });
  },
});

export const { ask: askActiveSessions, page: listActiveSessions, count: countActiveSessions } = servedActiveUsers;

async function openTo(ctx: Ctx): Promise<SQL | undefined> {
  const limits = limitsOf(await readSettings(ctx.db));
  return and(openSessions(limits, ctx.now()), within(ctx, "session.read", sessions.userId));
}

/** Those in which somebody is signed in, of `sessions` joined with `users`. */
export const openSessions = (limits: Limits, at: Date) =>
  and(isSignedIn(limits, at), sql`(${statusCondition("active", at)} or ${statusCondition("locked", at)})`);

/** Each person of a page once, with the roles in force and whether the actor may end their sessions. */
async function peopleOf(ctx: Ctx, found: Parameters<typeof withDetails>[1]) {
  const distinct = [...new Map(found.map((person) => [person.id, person])).values()];
  const listed = await withDetails(ctx, distinct);
  const known = await Promise.all(
    listed.map(async ({ id, name, username, roles, lastSignInAt }) => {
      const mayEnd = await authorize(ctx, ctx.db, "session.end", { person: { id, name } });
      return [id, { person: { id, name, username, roles, lastSignInAt }, mayEnd }] as const;
    }),
  );
  return new Map(known);
}
