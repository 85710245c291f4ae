import { eq, inArray, or, sql } from "drizzle-orm";
import { z } from "zod";
import { lastContact } from "@/db/client-keys";
import { lasting } from "@/db/lasting";
import { clients, users } from "@/db/schema";
import { authorizeAll } from "@/lib/authz/authorize";
import { inSightOrSelf, within } from "@/lib/authz/relation";
import { allClientList } from "@/lib/clients/all-filters";
import { connectionCondition, hasNoVersion, hasVersion, isOutdated } from "@/lib/clients/conditions";
import { connectionAt } from "@/lib/clients/connection";
import { ownerOf } from "@/lib/clients/locked";
import { newestVersion, outdatedColumn } from "@/lib/clients/newest-version";
import { pausedBy } from "@/lib/clients/policy";
import type { ClientAbilities, ClientRow } from "@/lib/clients/queries";
import { searchClients } from "@/lib/clients/search-clients";
import { searchVersions } from "@/lib/clients/search-versions";
import { momentKey } from "@/lib/lists/pagination";
import { byMoment, byName, serveByKey } from "@/lib/lists/serve-by-key";
import { searchClientOwners, searchGroups } from "@/lib/people/pickers";
import { pictureInSight } from "@/lib/platform/picture-address";
import { askingTogether } from "@/lib/platform/together";

export type ListedClient = Pick<
  ClientRow,
  | "id"
  | "name"
  | "status"
  | "connection"
  | "version"
  | "outdated"
  | "platform"
  | "lastHeartbeatAt"
  | "tokenReusedAt"
  | "copiedAt"
> & {
  /** `visible`: whether the reader may open their pages. */
  person: { id: string; name: string; username: string; visible: boolean; picture: string | undefined };
  abilities: Pick<ClientAbilities, "rename" | "delete">;
};

/** Every client that the actor may see (C15, R11). */
export const servedAllClients = serveByKey(allClientList, {
  from: sql`clients`,
  id: clients.id,
  within: (ctx) => within(ctx, "client.read", clients.userId),
  search: searchClients,
  filters: {
    status: (statuses) => inArray(clients.status, statuses),
    connection: (wanted, ctx) => or(...wanted.map((one) => connectionCondition(one, ctx.now()))) ?? sql`true`,
    async version(wanted, ctx) {
      const newest = await newestVersion(ctx);
      const fits = (one: string) => {
        if (one === "outdated") return isOutdated(newest);
        return one === "unknown" ? hasNoVersion : hasVersion(one);
      };
      return or(...wanted.map(fits)) ?? sql`true`;
    },
    owner: (owners) => inArray(clients.userId, owners),
    group: (groups, ctx) => sql`clients.user_id in (select gm.user_id from group_members gm
      where gm.group_id in ${groups} and ${lasting("gm", ctx.now())}) and ${inSightOrSelf(ctx, sql`clients.user_id`)}`,
  },
  sorts: {
    name: { ...byName(sql`clients.name_key collate "und-x-icu"`), type: "text" },
    lastContact: { ...byMoment(sql.raw(lastContact)), shape: z.union([momentKey, z.literal("-infinity")]) },
  },
  choices: { version: searchVersions, owner: searchClientOwners, group: searchGroups },
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
  async rows(ctx, found): Promise<ListedClient[]> {
    const now = ctx.now();
    const people = new Map(found.map(({ person }) => [person.id, { id: person.id, ...ownerOf(person, now) }]));
    const asking = askingTogether(ctx.db);
    const decided = [...people.values()].map(async (person) => {
      const may = await authorizeAll(ctx, asking, ["client.rename", "client.delete"], { person });
      return [person.id, { rename: may["client.rename"], delete: may["client.delete"] }] as const;
    });
    const abilities = new Map(await Promise.all(decided));
    return found.flatMap(({ client, person, visible, outdated }) => {
      const [owner, may] = [people.get(person.id), abilities.get(person.id)];
      if (!owner || !may) return [];
      const { id, name, status, version, platform, lastHeartbeatAt, tokenReusedAt, copiedAt } = client;
      return {
        ...{ id, name, status, version, outdated, platform, lastHeartbeatAt, tokenReusedAt, copiedAt },
        connection: connectionAt({ ...client, paused: pausedBy(owner) !== null }, now),
        person: {
          ...{ id: person.id, name: owner.name, username: person.username, visible },
          picture: pictureInSight(person, visible),
        },
        abilities: may,
      };
    });
  },
});

export const {
  ask: askAllClients,
  page: listAllClients,
  count: countAllClients,
  labels: labelFilters,
} = servedAllClients;
