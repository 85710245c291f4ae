import { and, eq, or, sql } from "drizzle-orm";
import { clients, users } from "@/db/schema";
import { within } from "@/lib/authz/relation";
import { onlineWithin } from "@/lib/clients/connection";
import type { Ctx } from "@/lib/context";
import { countOf, foreignCursor, type Page, pageOf } from "@/lib/lists/pagination";
import { fullName } from "@/lib/normalization/names";
import { foundIn } from "@/lib/normalization/search-condition";
import type { SessionFilters } from "@/lib/sessions/filters";
import { latestFirst, momentOf, placeIn } from "@/lib/sessions/place";
import { searchCondition } from "@/lib/users/list/search";
import { statusCondition } from "@/lib/users/status";

export type ActiveClient = {
  id: string;
  name: string;
  person: { id: string; name: string; username: string; visible: boolean };
  address: string | null;
  version: string | null;
  lastBeatAt: Date | null;
};

/** One page of the clients that beat now and that the actor may see (C13), the one registered last first. */
export async function listActiveClients(ctx: Ctx, filters: SessionFilters): Promise<Page<ActiveClient>> {
  const place = placeIn("clients", filters);
  if (!place) throw foreignCursor();
  const where = onlineTo(ctx, filters.q);
  const registered = sql`coalesce(${clients.registeredAt}, ${clients.createdAt})`;
  const { beyond, order, limit, key } = latestFirst(place, registered, clients.id);
  const [found, total] = await Promise.all([
    ctx.db
      .select({
        id: clients.id,
        client: clients,
        person: users,
        visible: sql<boolean>`${within(ctx, "user.read", users.id)}`,
        key,
      })
      .from(clients)
      .innerJoin(users, eq(users.id, clients.userId))
      .where(and(where, beyond))
      .orderBy(order)
      .limit(limit),
    countOf(ctx, sql`clients join users on users.id = clients.user_id where ${where}`),
  ]);
  const page = pageOf(place, found, momentOf);
  const rows = page.rows.map(({ client, person, visible }) => ({
    id: client.id,
    name: client.name,
    person: { id: person.id, name: fullName(person), username: person.username, visible },
    address: client.lastAddress,
    version: client.version,
    lastBeatAt: client.lastHeartbeatAt,
  }));
  return { ...page, rows, total };
}

/** How many beat in sight. */
export const countActiveClients = (ctx: Ctx) =>
  countOf(ctx, sql`clients join users on users.id = clients.user_id where ${onlineTo(ctx, "")}`);

function onlineTo(ctx: Ctx, q: string) {
  const now = ctx.now();
  const since = new Date(now.getTime() - onlineWithin).toISOString();
  const person = searchCondition(q);
  return and(
    eq(clients.status, "registered"),
    sql`${clients.lastHeartbeatAt} >= ${since}::timestamptz and not ${clients.awaiting}`,
    sql`(${statusCondition("active", now)} or ${statusCondition("locked", now)} or ${statusCondition("invited", now)})`,
    within(ctx, "client.read", clients.userId),
    person ? or(person, foundIn(clients.search, q) ?? undefined) : undefined,
  );
}
