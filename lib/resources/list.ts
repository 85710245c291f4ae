import { eq, inArray, type SQL, sql } from "drizzle-orm";
import { resources, users } from "@/db/schema";
import { statusCondition } from "@/lib/authz/account-status";
import { authorizeAll } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import { inSightOrSelf } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import type { Choice, Wanted } from "@/lib/lists/filters";
import { byMoment, byName, serveByKey } from "@/lib/lists/serve-by-key";
import { fullName } from "@/lib/normalization/names";
import { foundIn } from "@/lib/normalization/search-condition";
import { searchResourceOwners } from "@/lib/people/pickers";
import { namedAs, visibleTo } from "@/lib/people/scoped";
import { pictureInSight } from "@/lib/platform/picture-address";
import { resourceList } from "@/lib/resources/filters";
import { ownerHasLeft, resourcesWithin } from "@/lib/resources/scoped";
import type { ResourceRow } from "@/lib/resources/store";

export type ListedResource = Pick<
  ResourceRow,
  "id" | "type" | "externalId" | "name" | "url" | "version" | "createdAt" | "updatedAt"
> & {
  /**
   * `visible`: whether the reader may open their pages; else without an id. `gone`: the state of one who cannot act any more, where the
   * reader may see that.
   */
  owner: {
    id: string | null;
    name: string;
    visible: boolean;
    gone: "archived" | "disabled" | null;
    picture: string | undefined;
  } | null;
  abilities: { update: Decision; delete: Decision };
};

/** The resources that the actor may see (R11). */
export const servedResources = serveByKey(resourceList, {
  from: sql`resources`,
  id: resources.id,
  within: resourcesWithin,
  search: (q) => foundIn(sql`resources.search`, q, sql`resources.id`),
  filters: {
    type: (types) => inArray(resources.type, types),
    owner: (owners, ctx) =>
      sql`${inArray(resources.ownerId, owners)} and ${inSightOrSelf(ctx, sql`resources.owner_id`)}`,
    ownership: (_, ctx) => ownerHasLeft(ctx),
    externalId: (externalId) => sql`${resources.externalId} = ${externalId}`,
    updatedAfter: (moment) => sql`${resources.updatedAt} > ${new Date(moment).toISOString()}::timestamptz`,
  },
  sorts: { name: byName(resources.nameKey), updatedAt: byMoment(resources.updatedAt) },
  choices: { type: searchTypes, owner: searchResourceOwners },
  find: (ctx, { where, order, limit, key }) =>
    ctx.db
      .select({
        id: resources.id,
        resource: resources,
        owner: { id: users.id, firstName: users.firstName, lastName: users.lastName, pictureTag: users.pictureTag },
        visible: visibleTo(ctx, users.id),
        gone: sql<"archived" | "disabled" | null>`case when users.status = 'archived' then 'archived'
          when ${statusCondition("disabled", ctx.now())} then 'disabled' end`,
        key,
      })
      .from(resources)
      .leftJoin(users, eq(users.id, resources.ownerId))
      .where(where)
      .orderBy(order)
      .limit(limit),
  async rows(ctx, found): Promise<ListedResource[]> {
    const people = new Map(found.map(({ owner }) => [owner?.id ?? null, owner]));
    const decided = [...people].map(async ([id, owner]) => {
      const person = owner && { id: owner.id, name: fullName(owner) };
      const may = await authorizeAll(ctx, ctx.db, ["resource.update", "resource.delete"], { person });
      return [id, { update: may["resource.update"], delete: may["resource.delete"] }] as const;
    });
    const abilities = new Map(await Promise.all(decided));
    return found.flatMap(({ resource, owner, visible, gone }) => {
      const may = abilities.get(owner?.id ?? null);
      if (!may) return [];
      const { id, type, externalId, name, url, version, createdAt, updatedAt } = resource;
      return {
        ...{ id, type, externalId, name, url, version, createdAt, updatedAt },
        owner: owner && shownOwner(owner, visible, gone),
        abilities: may,
      };
    });
  },
});

type Owner = { id: string; firstName: string; lastName: string; pictureTag: string | null };

function shownOwner(owner: Owner, visible: boolean, gone: "archived" | "disabled" | null) {
  const { id, name } = namedAs(owner.id, owner, visible);
  return {
    id: visible ? id : null,
    name,
    visible,
    gone: visible ? gone : null,
    picture: pictureInSight(owner, visible),
  };
}

/** Types that occur, one look at the index for each. */
async function searchTypes(ctx: Ctx, wanted: Wanted): Promise<Choice[]> {
  const seen = resourcesWithin(ctx);
  const part = typeof wanted === "string" ? wanted.toLowerCase() : "";
  const next = (after: SQL) =>
    sql`select min(resources.type) from resources where resources.type > ${after} and ${seen}`;
  const among = typeof wanted === "string" ? sql`strpos(t.name, ${part}) > 0` : sql`t.name in ${wanted.ids}`;
  const rows = await ctx.db.select({ id: sql<string>`t.name` }).from(
    sql`(with recursive t as (
        select (${next(sql`''`)}) as name union all select (${next(sql`t.name`)}) from t where t.name is not null
      ) select name from t where name is not null and ${among} limit 20) t`,
  );
  return rows.map(({ id }) => ({ id, label: id }));
}

export const { ask: askResources, page: listResources, count: countResources, labels: labelFilters } = servedResources;
