import { and, eq, exists, inArray, isNull, not, or, type SQL, sql } from "drizzle-orm";
import { groupMembers, groupRoles, groups } from "@/db/schema";
import type { Scope } from "@/lib/authz/access";
import { groupInSight } from "@/lib/authz/asked";
import { noRelation } from "@/lib/authz/decide";
import { carrying, type Draft, gainedBy, grants, type Setting } from "@/lib/authz/draft";
import type { Asked } from "@/lib/authz/explain";
import { accessGiven, givenTo } from "@/lib/authz/given";
import { loadAccess } from "@/lib/authz/load";
import { relate } from "@/lib/authz/relation";
import type { Bearing } from "@/lib/authz/weigh";
import type { Ctx, Person } from "@/lib/context";
import { fullName } from "@/lib/users/names";
import { statusAt } from "@/lib/users/status";

const groupsUpTo = 20;

const now = (ctx: Ctx) => sql`${ctx.now().toISOString()}::timestamptz`;
const current = (ctx: Ctx, column: typeof groupRoles.endsAt | typeof groupMembers.endsAt) =>
  or(isNull(column), sql`${column} > ${now(ctx)}`);

const memberOf = (ctx: Ctx, personId: string) =>
  exists(
    ctx.db
      .select({ one: sql`1` })
      .from(groupMembers)
      .where(
        and(eq(groupMembers.groupId, groups.id), eq(groupMembers.userId, personId), current(ctx, groupMembers.endsAt)),
      ),
  );

type Joined = { id: string; name: string; ownerId: string | null; carries: { roleId: string; endsAt: Date | null }[] };

async function groupsWith(ctx: Ctx<Person>, condition: SQL | undefined): Promise<Joined[]> {
  const found = await ctx.db
    .select({ id: groups.id, name: groups.name, ownerId: groups.ownerId })
    .from(groups)
    .where(and(groupInSight(ctx), condition))
    .orderBy(groups.nameKey)
    .limit(groupsUpTo);
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const carried = await ctx.db
    .select()
    .from(groupRoles)
    .where(and(inArray(groupRoles.groupId, ids), current(ctx, groupRoles.endsAt)));
  return found.map((group) => ({ ...group, carries: carried.filter(({ groupId }) => groupId === group.id) }));
}

/** A group that carries a role which has it. */
export async function byJoining(setting: Setting): Promise<Draft[]> {
  const { ctx, asked, bearing, catalogue, given } = setting;
  const roleIds = [...catalogue.roles.values()].filter((role) => carrying(setting, role)).map(({ id }) => id);
  if (roleIds.length === 0) return [];
  const carries = exists(
    ctx.db
      .select({ one: sql`1` })
      .from(groupRoles)
      .where(
        and(eq(groupRoles.groupId, groups.id), inArray(groupRoles.roleId, roleIds), current(ctx, groupRoles.endsAt)),
      ),
  );
  const candidates = await groupsWith(ctx, and(carries, not(memberOf(ctx, asked.person.id))));
  return candidates.flatMap((group): Draft[] => {
    const after = accessGiven(asked.access, catalogue, { ...given, joined: group });
    if (!grants(setting, after, bearing)) return [];
    const names = group.carries.map(({ roleId }) => `"${catalogue.roles.get(roleId)?.name}"`).join(" and ");
    return [
      {
        steps: [`Add ${asked.voice.whom} to the group ${group.name}, which carries ${names}`],
        change: {
          kind: "join",
          person: { id: asked.person.id, name: fullName(asked.person) },
          group: { id: group.id, name: group.name, ownerId: group.ownerId },
        },
        gained: gainedBy(asked.access, after),
        after,
        shared: null,
      },
    ];
  });
}

/** It is held already, and does not reach: put the other below the person, into one of their groups, or hand the group over. */
export async function byReach(setting: Setting): Promise<Draft[]> {
  const { asked, bearing } = setting;
  const held = new Set(asked.weighed.held.map(({ scope }) => scope));
  if (asked.weighed.paths.length > 0 || asked.person.id === asked.on?.id) return [];
  const reaching = (relation: Partial<Bearing["relation"]>) =>
    grants(setting, asked.access, { ...bearing, relation: { ...noRelation, ...relation } });
  if (asked.group) return held.has("owned_groups") && reaching({ ownedGroups: true }) ? byOwning(setting) : [];
  if (!asked.on || statusAt(asked.on, setting.ctx.now()) === "archived") return [];
  return [
    ...(held.has("reports") && reaching({ reports: true }) ? await byManaging(setting) : []),
    ...(held.has("owned_groups") && reaching({ ownedGroups: true }) ? await byGathering(setting) : []),
  ];
}

const heldAt = ({ access }: Asked, scope: Scope) =>
  new Set(
    access.roles.flatMap((role) =>
      role.inForce ? role.operations.filter((held) => held.scope === scope).map(({ operation }) => operation) : [],
    ),
  ).size;

async function byManaging({ ctx, asked }: Setting): Promise<Draft[]> {
  const { person, on, voice } = asked;
  if (!on || !["active", "locked", "invited"].includes(statusAt(person, ctx.now()))) return [];
  if ((await relate(ctx.db, on.id, person.id, ctx.now())).reports) return [];
  const target = { id: on.id, name: fullName(on) };
  return [
    {
      steps: [`Make ${voice.whom} the manager of ${target.name}`],
      change: { kind: "manager", person: target, managerId: person.id },
      gained: heldAt(asked, "reports"),
      after: null,
      shared: null,
    },
  ];
}

async function byGathering(setting: Setting): Promise<Draft[]> {
  const { ctx, asked, catalogue, bearing } = setting;
  const { person, on, voice } = asked;
  if (!on) return [];
  const owned = await groupsWith(ctx, and(eq(groups.ownerId, person.id), not(memberOf(ctx, on.id))));
  if (owned.length === 0) return [];
  const target = { id: on.id, name: fullName(on) };
  const theirs = bearing.theirs ?? (await loadAccess(ctx.db, on.id, ctx.now()));
  return owned.flatMap((group): Draft[] => {
    const after = accessGiven(theirs, catalogue, { ...givenTo(theirs), joined: group });
    const near = { ...bearing, relation: { ...noRelation, ownedGroups: true }, theirs: bearing.theirs && after };
    if (!grants(setting, asked.access, near)) return [];
    return [
      {
        steps: [
          `Add ${target.name} to the group ${group.name}, which ${voice.self ? "you own" : `${voice.whom} owns`}`,
        ],
        change: { kind: "join", person: target, group: { id: group.id, name: group.name, ownerId: group.ownerId } },
        gained: heldAt(asked, "owned_groups"),
        after,
        shared: null,
      },
    ];
  });
}

function byOwning({ ctx, asked }: Setting): Draft[] {
  const { person, group, voice } = asked;
  const status = statusAt(person, ctx.now());
  if (!group || (status !== "active" && status !== "locked")) return [];
  return [
    {
      steps: [`Make ${voice.whom} the owner of the group ${group.name}`],
      change: { kind: "owner", group, ownerId: person.id },
      gained: heldAt(asked, "owned_groups"),
      after: null,
      shared: null,
    },
  ];
}
