import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idArray } from "@/db/ids";
import { depthUnder, isBelow } from "@/db/places";
import { groups, roles, users } from "@/db/schema";
import { canManage, statusAt } from "@/lib/authz/account-status";
import { forbiddenCombinations } from "@/lib/authz/guards";
import { within } from "@/lib/authz/relation";
import type { Ctx, Reads } from "@/lib/context";
import { invalidField, invalidPerson } from "@/lib/errors";
import { fullName } from "@/lib/normalization/names";
import { groupsOffered } from "@/lib/people/pickers";
import { namedInSight } from "@/lib/people/scoped";
import { askedOnce } from "@/lib/platform/together";

/**
 * Checks that hold a person's place together: roles that go with each other (R2), a manager who can be one (U8), groups
 * that exist. A role that is held may be kept beside the same primary role though it no longer fits: it is dormant (R5).
 */
export const checkRoles = (tx: Tx, primaryRoleId: string, additionalRoleIds: string[], held?: Roles): Promise<void> =>
  requireRoles(tx, { primaryRoleId, additionalRoleIds, held });

type Roles = { primaryRoleId: string; additionalRoleIds: string[] };

const requireRoles = askedOnce(JSON.stringify, async (tx, wanted: Roles & { held: Roles | undefined }) => {
  const { primaryRoleId, additionalRoleIds, held } = wanted;
  const known = await tx
    .select()
    .from(roles)
    .where(inArray(roles.id, [primaryRoleId, ...additionalRoleIds]));
  const primary = known.find((role) => role.id === primaryRoleId);
  if (!primary || (primary.kind !== "primary" && !primary.admin))
    throw invalidField("primaryRoleId", "Choose a primary role.");
  if (additionalRoleIds.includes(primary.id))
    throw invalidField("additionalRoleIds", `"${primary.name}" is already the primary role.`);
  for (const roleId of additionalRoleIds) {
    if (known.find((role) => role.id === roleId)?.kind !== "additional")
      throw invalidField("additionalRoleIds", "One of these roles no longer exists.");
  }
  const kept = held?.primaryRoleId === primaryRoleId ? held.additionalRoleIds : [];
  const [wrong] = await forbiddenCombinations(
    tx,
    primaryRoleId,
    additionalRoleIds.filter((roleId) => !kept.includes(roleId)),
  );
  if (wrong) {
    const name = known.find((role) => role.id === wrong)?.name;
    throw invalidField("additionalRoleIds", `"${name}" cannot be combined with ${primary.name}.`);
  }
});

const nobody = "00000000-0000-0000-0000-000000000000";
/**
 * Those whom a change names as manager or owner are in sight, the actor themselves, or `known`; one sentence for all others.
 * Asked before the guard of R8, whose refusals reveal what somebody may do.
 */
export const requireInSight = (
  ctx: Ctx,
  tx: Tx,
  field: string,
  chosen: (string | null)[],
  known: string | null = null,
): Promise<void> => requireSeen(tx, { ctx, field, chosen, known });

type Chosen = { ctx: Ctx; field: string; chosen: (string | null)[]; known: string | null };

const alike = ({ ctx: _, ...asked }: { ctx: Ctx }) => JSON.stringify(asked);

const requireSeen = askedOnce(alike, async (tx, { ctx, field, chosen, known }: Chosen) => {
  const ids = [...new Set(chosen.flatMap((id) => id?.toLowerCase() ?? []))].filter((id) => id !== known);
  if (ids.length === 0) return;
  const seen = or(within(ctx, "user.read", users.id), eq(users.id, actorId(ctx)));
  const found = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(inArray(users.id, ids), seen));
  if (found.length < ids.length) throw outOfSight(field);
});

const outOfSight = (field: string) => invalidField(field, "That person doesn't exist, or you don't have access to it.");

const actorId = (ctx: Ctx) => ctx.actor.access.personId ?? nobody;

/**
 * The manager is visible, the actor themselves, or `known`, the present one, who is not named; one who can manage, and neither one
 * of the people who come under them nor anyone below one. Nobody: somebody new.
 */
export const checkManager = (
  ctx: Ctx,
  tx: Tx,
  people: string[],
  managerId: string,
  known: string | null = null,
): Promise<void> => requireManager(tx, { ctx, people, managerId, known });

type Placed = { ctx: Ctx; people: string[]; managerId: string; known: string | null };

const requireManager = askedOnce(alike, async (tx, { ctx, people, managerId, known }: Placed) => {
  const seen = or(within(ctx, "user.read", users.id), inArray(users.id, [actorId(ctx), known ?? nobody]));
  const [manager] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, managerId), seen));
  if (!manager) throw outOfSight("managerId");
  const name = managerId === known ? "The current manager" : fullName(manager);
  if (people.includes(managerId)) throw invalidField("managerId", "Nobody can be their own manager.");
  const status = statusAt(manager, ctx.now());
  if (!canManage(status))
    throw invalidPerson("managerId", `${name} is ${status} and cannot be a manager.`, [managerId]);
  const above = await firstAbove(tx, people, managerId);
  if (above) {
    const person = await namedInSight(ctx, tx, above);
    throw invalidPerson(
      "managerId",
      `${name} is below ${person?.name ?? "this user"} in the organisation and cannot be above as well.`,
      [managerId, above],
    );
  }
  const [row] = await tx.select({ steps: depthUnder(managerId, idArray(people)) }).from(sql`(select 1) one`);
  if ((row?.steps ?? 0) > deepest)
    throw invalidPerson("managerId", `The chain of managers through ${name} would have more than ${deepest} levels.`, [
      managerId,
    ]);
});

/** Largest number of people above one another: a place has to fit into its index. */
const deepest = 200;

/** Of these people, in their order, the first who is above another in the organisation, or is the other; else null. */
async function firstAbove(db: Reads | Tx, people: string[], belowId: string): Promise<string | null> {
  if (people.includes(belowId)) return belowId;
  if (people.length === 0) return null;
  const [found] = await db
    .select({ id: sql<string>`above.id` })
    .from(sql`unnest(${idArray(people)}) with ordinality above(id, place)`)
    .where(isBelow(belowId, sql`above.id`))
    .orderBy(sql`above.place`)
    .limit(1);
  return found?.id ?? null;
}

/** Those that a form offers; asked before the guard of R8, whose refusals reveal what a group carries. */
export const checkGroups = (ctx: Ctx, tx: Tx, groupIds: string[], field = "groupIds"): Promise<void> =>
  requireGroups(tx, { ctx, groupIds, field });

const requireGroups = askedOnce(
  alike,
  async (tx, { ctx, groupIds, field }: { ctx: Ctx; groupIds: string[]; field: string }) => {
    if (groupIds.length === 0) return;
    const known = await tx
      .select({ id: groups.id })
      .from(groups)
      .where(and(inArray(groups.id, groupIds), groupsOffered(ctx)));
    if (known.length < new Set(groupIds).size)
      throw invalidField(field, "One of these groups doesn't exist, or you don't have access to it.");
  },
);
