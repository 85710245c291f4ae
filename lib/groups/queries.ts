import { asc, eq, sql } from "drizzle-orm";
import type { Scope } from "@/db/enums";
import { kept } from "@/db/kept";
import { appOperations, groupRoles, roles, users } from "@/db/schema";
import { authorizeAll } from "@/lib/authz/authorize";
import { type Decision, yes } from "@/lib/authz/decision";
import { mayTake } from "@/lib/authz/grants";
import { isOver, operationsIn } from "@/lib/authz/model";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { countMembers } from "@/lib/groups/members";
import { type GroupOperation, groupOperations } from "@/lib/groups/policy";
import { type Owner, ownerOf } from "@/lib/groups/rows";
import { findGroup, type GroupRow } from "@/lib/memberships/scoped";

export type CarriedRole = {
  roleId: string;
  name: string;
  endsAt: Date | null;
  /** Its end is over: it gives nothing, and is shown so that it can be cleared or renewed. */
  over: boolean;
  /** Primary roles of which it needs one to be in force; none means any. */
  needs: string[];
  /** Whether the viewer may take it out of the group, and why not. */
  take: Decision;
};

/** What the pages of one group show. */
export type GroupDetail = Awaited<ReturnType<typeof getGroup>>;

/** One group within what the actor may see; throws `not_found` otherwise. */
export async function getGroup(ctx: Ctx, id: string) {
  const group = await findGroup(ctx, id);
  if (!group) throw notFound("The group");
  const [owner, carried, members] = await Promise.all([
    ownerNamed(ctx, group),
    carriedRoles(ctx, id),
    countMembers(ctx, id),
  ]);
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    ownerId: group.ownerId,
    owner,
    version: group.version,
    createdAt: group.createdAt,
    roles: carried,
    members,
    abilities: await abilitiesOn(ctx, group, carried),
  };
}

async function ownerNamed(ctx: Ctx, { ownerId }: GroupRow): Promise<Owner | null> {
  if (!ownerId) return null;
  const me = ctx.actor.access.personId;
  const asked = ctx.db
    .select({
      id: users.id,
      firstName: users.firstName,
      lastName: users.lastName,
      pictureTag: users.pictureTag,
      visible: sql<boolean>`coalesce(${users.id} = ${me}, false) or ${within(ctx, "user.read", users.id)}`,
    })
    .from(users)
    .where(eq(users.id, ownerId));
  const [owner] = await kept(asked);
  return owner ? ownerOf(owner) : null;
}

type StoredRole = Omit<CarriedRole, "over" | "take"> & {
  admin: boolean;
  operations: { operation: string; scope: Scope }[];
};

async function carriedRoles(ctx: Ctx, groupId: string): Promise<CarriedRole[]> {
  const asked = ctx.db
    .select({
      roleId: roles.id,
      name: roles.name,
      admin: roles.admin,
      endsAt: groupRoles.endsAt,
      needs: sql<string[]>`coalesce((select json_agg(n.name order by n.rank)
        from role_combinations c join roles n on n.id = c.primary_role_id where c.role_id = "roles"."id"), '[]')`,
      operations: sql<StoredRole["operations"]>`coalesce((
        select json_agg(json_build_object('operation', o.operation, 'scope', o.scope))
          from role_operations o where o.role_id = "roles"."id"), '[]')`,
    })
    .from(groupRoles)
    .innerJoin(roles, eq(roles.id, groupRoles.roleId))
    .where(eq(groupRoles.groupId, groupId))
    .orderBy(asc(roles.nameKey));
  const stored: StoredRole[] = await kept(asked);
  const apps = stored.some(({ admin }) => admin)
    ? await ctx.db.select({ key: appOperations.key }).from(appOperations)
    : [];
  const keys = apps.map(({ key }) => key);
  return stored.map(({ admin, operations, ...role }) => {
    const over = isOver(role.endsAt, ctx.now());
    const take = over
      ? yes
      : mayTake(ctx.actor.access, role.name, operationsIn({ admin, operations }, keys), role.endsAt);
    return { ...role, over, take };
  });
}

export type GroupAbilities = Record<GroupOperation, Decision>;

/** What the actor may do with this group, and why not. To delete it is to take away what it carries. */
async function abilitiesOn(ctx: Ctx, group: GroupRow, carried: CarriedRole[]): Promise<GroupAbilities> {
  const decisions = await authorizeAll(ctx, ctx.db, groupOperations, { person: null, ownerId: group.ownerId });
  const stays = carried.find(({ take }) => !take.ok);
  return {
    ...decisions,
    "group.delete": decisions["group.delete"].ok && stays ? stays.take : decisions["group.delete"],
  };
}
