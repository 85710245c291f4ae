import { and, eq, or, sql } from "drizzle-orm";
import { clients, users } from "@/db/schema";
import { statusCondition } from "@/lib/authz/account-status";
import { authorize } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import { within } from "@/lib/authz/relation";
import { isConnected } from "@/lib/clients/connected";
import { onlineWithin } from "@/lib/clients/connection";
import { outdatedColumn } from "@/lib/clients/newest-version";
import type { Ctx } from "@/lib/context";
import { latestFirst, serveByKey } from "@/lib/lists/serve-by-key";
import { fullName } from "@/lib/normalization/names";
import { foundIn } from "@/lib/normalization/search-condition";
import { searchCondition } from "@/lib/people/search";
import { pictureInSight } from "@/lib/platform/picture-address";
import { activeClientList } from "@/lib/sessions/filters";

export type ActiveClient = {
  id: string;
  name: string;
  person: { id: string; name: string; username: string; visible: boolean; picture: string | undefined };
  address: string | null;
  version: string | null;
  outdated: boolean;
  lastBeatAt: Date | null;
  mayEnd: Decision;
};

/** The clients that beat now and that the actor may see (C13), the one registered last first. */
export const servedActiveClients = serveByKey(activeClientList, {
  from: sql`clients join users on users.id = clients.user_id`,
  id: clients.id,
  within: onlineTo,
  search(q) {
    const person = searchCondition(q);
    return person && or(person, foundIn(clients.search, q) ?? undefined);
  },
  filters: {},
  sorts: latestFirst(sql`coalesce(${clients.registeredAt}, ${clients.createdAt})`),
  choices: {},
  find: async (ctx, { where, order, limit, key }) =>
    ctx.db
      .select({
        id: clients.id,
        client: clients,
        person: users,
        visible: sql<boolean>`${within(ctx, "user.read", users.id)}`,
        outdated: await outdatedColumn(ctx),
        key,
      })
      .from(clients)
      .innerJoin(users, eq(users.id, clients.userId))
      .where(where)
      .orderBy(order)
      .limit(limit),
  async rows(ctx, found): Promise<ActiveClient[]> {
    const ends = await decisionsOf(
      ctx,
      found.map(({ person }) => person),
    );
    return found.map(({ client, person, visible, outdated }) => ({
      id: client.id,
      name: client.name,
      person: {
        ...{ id: person.id, name: fullName(person), username: person.username, visible },
        picture: pictureInSight(person, visible),
      },
      address: client.lastAddress,
      version: client.version,
      outdated,
      lastBeatAt: client.lastHeartbeatAt,
      mayEnd: ends.get(person.id) as Decision,
    }));
  },
});

/** Whether the actor may disconnect each one's clients, asked once for a person. */
async function decisionsOf(ctx: Ctx, people: (typeof users.$inferSelect)[]): Promise<Map<string, Decision>> {
  const distinct = [...new Map(people.map((person) => [person.id, person])).values()];
  const decided = distinct.map(async (person) => {
    const about = { person: { id: person.id, name: fullName(person) } };
    return [person.id, await authorize(ctx, ctx.db, "client.disconnect", about)] as const;
  });
  return new Map(await Promise.all(decided));
}

export const { ask: askActiveClients, page: listActiveClients, count: countActiveClients } = servedActiveClients;

function onlineTo(ctx: Ctx) {
  const now = ctx.now();
  const since = new Date(now.getTime() - onlineWithin).toISOString();
  return and(
    eq(clients.status, "registered"),
    sql`${clients.lastHeartbeatAt} >= ${since}::timestamptz and not ${clients.awaiting}`,
    isConnected,
    sql`(${statusCondition("active", now)} or ${statusCondition("locked", now)} or ${statusCondition("invited", now)})`,
    within(ctx, "client.read", clients.userId),
  );
}
