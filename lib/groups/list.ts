import { and, inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { lasting } from "@/db/lasting";
import { groups } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import {
  boundedTotal,
  countOf,
  fittingIn,
  foreignCursor,
  momentKey,
  type Page,
  type Place,
  pageOf,
  readPlace,
  walkFrom,
} from "@/lib/list";
import { foundIn } from "@/lib/normalization/search-condition";
import { sortOf } from "@/lib/query";
import { type GroupFilters, toPairs } from "./filters";
import { type GroupDetails, groupDetails } from "./rows";
import { groupsWithin } from "./scoped";

export type ListedGroup = GroupDetails & { id: string; name: string; description: string; createdAt: Date };

/**
 * One page of the groups that the actor may see and that match (R5, R11). Throws `invalid` for a cursor that does not
 * fit its sort and filters.
 */
export async function listGroups(ctx: Ctx, filters: GroupFilters): Promise<Page<ListedGroup>> {
  const place = placeIn(filters);
  if (!place) throw foreignCursor();
  const where = and(groupsWithin(ctx, "group.read"), ...matching(ctx, filters));
  const [found, total] = await Promise.all([findRows(ctx, filters, where, place), countWhere(ctx, where)]);
  const page = pageOf(place, found, ({ id, key }) => ({ id, keys: [key] }));
  const details = await groupDetails(
    ctx,
    page.rows.map(({ id }) => id),
  );
  const rows = page.rows.map(({ id, name, description, createdAt }) => {
    const more = details.get(id) ?? { owner: null, roles: [], members: boundedTotal(0) };
    return { id, name, description, createdAt, ...more };
  });
  return { ...page, rows, total };
}

/** How many groups the actor may see at all. */
export const countGroups = (ctx: Ctx) => countWhere(ctx, groupsWithin(ctx, "group.read"));

/** See `fittingIn`. */
export const fitting = (asked: GroupFilters) => fittingIn(asked, placeIn(asked));

/** Part of the name or of the description, or a pasted id. */
export const searchCondition = (q: string): SQL | undefined =>
  foundIn(sql`groups.search`, q, sql`groups.id`) ?? undefined;

function matching(ctx: Ctx, { q, owner, role }: GroupFilters): (SQL | undefined)[] {
  const carries = sql`groups.id in (select gr.group_id from group_roles gr where gr.role_id in ${role}
    and ${lasting("gr", ctx.now())})`;
  return [
    searchCondition(q),
    owner.length > 0 ? inArray(groups.ownerId, owner) : undefined,
    role.length > 0 ? carries : undefined,
  ];
}

const keyShapes = { name: z.string(), createdAt: momentKey };

const placeIn = (filters: GroupFilters): Place | null =>
  readPlace(["groups", ...toPairs(filters)], [keyShapes[sortOf(filters).by]], filters);

function findRows(ctx: Ctx, filters: GroupFilters, where: SQL | undefined, place: Place) {
  const { by, descending } = sortOf(filters);
  const { beyond, order, limit, key } = walkFrom(place, {
    column: by === "name" ? groups.nameKey : groups.createdAt,
    id: groups.id,
    type: by === "name" ? 'text collate "und-x-icu"' : "timestamptz",
    descending,
  });
  return ctx.db
    .select({
      id: groups.id,
      name: groups.name,
      description: groups.description,
      createdAt: groups.createdAt,
      key,
    })
    .from(groups)
    .where(and(where, beyond))
    .orderBy(order)
    .limit(limit);
}

const countWhere = (ctx: Ctx, where: SQL | undefined) => countOf(ctx, sql`groups where ${where ?? sql`true`}`);
