import { inArray, sql } from "drizzle-orm";
import { lasting } from "@/db/lasting";
import { groups } from "@/db/schema";
import { inSightOrSelf } from "@/lib/authz/relation";
import { groupList } from "@/lib/groups/filters";
import { type GroupDetails, groupDetails } from "@/lib/groups/rows";
import { boundedTotal } from "@/lib/lists/pagination";
import { byMoment, byName, serveByKey } from "@/lib/lists/serve-by-key";
import { groupsWithin } from "@/lib/memberships/scoped";
import { foundIn } from "@/lib/normalization/search-condition";
import { searchOwners, searchRoles } from "@/lib/people/pickers";

export type ListedGroup = GroupDetails & { id: string; name: string; description: string; createdAt: Date };

/** As much of a group as a list shows: the id of an owner who is out of sight is kept back. */
export type ShownGroup = Pick<ListedGroup, "id" | "name" | "description" | "members" | "createdAt"> & {
  owner: { id: string | null; name: string; picture: string | undefined } | null;
  roles: string[];
};

export const shownGroup = ({ id, name, description, members, createdAt, owner, roles }: ListedGroup): ShownGroup => ({
  ...{ id, name, description, members, createdAt },
  owner: owner && { id: owner.visible ? owner.id : null, name: owner.name, picture: owner.picture },
  roles: roles.map((role) => role.name),
});

/** The groups that the actor may see (R5, R11). */
export const servedGroups = serveByKey(groupList, {
  from: sql`groups`,
  id: groups.id,
  within: (ctx) => groupsWithin(ctx, "group.read"),
  search: (q) => foundIn(sql`groups.search`, q, sql`groups.id`),
  filters: {
    owner: (owners, ctx) => sql`${inArray(groups.ownerId, owners)} and ${inSightOrSelf(ctx, sql`groups.owner_id`)}`,
    role: (roles, ctx) => sql`groups.id in (select gr.group_id from group_roles gr where gr.role_id in ${roles}
      and ${lasting("gr", ctx.now())})`,
  },
  sorts: { name: byName(groups.nameKey), createdAt: byMoment(groups.createdAt) },
  choices: { owner: searchOwners, role: searchRoles },
  find: (ctx, { where, order, limit, key }) =>
    ctx.db
      .select({
        id: groups.id,
        name: groups.name,
        description: groups.description,
        createdAt: groups.createdAt,
        key,
      })
      .from(groups)
      .where(where)
      .orderBy(order)
      .limit(limit),
  async rows(ctx, found): Promise<ListedGroup[]> {
    const details = await groupDetails(
      ctx,
      found.map(({ id }) => id),
    );
    return found.map(({ key: _, ...group }) => {
      const more = details.get(group.id) ?? { owner: null, roles: [], members: boundedTotal(0) };
      return { ...group, ...more };
    });
  },
});

export const { ask: askGroups, page: listGroups, count: countGroups, fitting, labels: labelFilters } = servedGroups;
