import { and, inArray, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { roles, users } from "@/db/schema";
import { statusAt } from "@/lib/authz/account-status";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { invalidField, invalidPerson } from "@/lib/errors";
import type { GroupRole } from "@/lib/memberships/store";
import { fullName } from "@/lib/normalization/names";
import { requireEnd } from "@/lib/time/ends";

/** The owner is in sight, or the actor themselves, and active (R5). Reported at `field`, about what is to be owned. */
export async function checkOwner(
  ctx: Ctx,
  tx: Tx,
  ownerId: string,
  { field = "ownerId", what = "a group" } = {},
): Promise<void> {
  await checkOwners(ctx, tx, [{ ownerId, what }], field);
}

/** The same of several; the first that is wrong is reported. */
export async function checkOwners(
  ctx: Ctx,
  tx: Tx,
  chosen: { ownerId: string; what: string }[],
  field: string,
): Promise<void> {
  if (chosen.length === 0) return;
  const inSight = within(ctx, "user.read", users.id);
  const seen = or(inSight, sql`${users.id} = ${ctx.actor.access.personId}`);
  const ids = [...new Set(chosen.map(({ ownerId }) => ownerId))];
  const found = await tx
    .select()
    .from(users)
    .where(and(inArray(users.id, ids), seen));
  const people = new Map(found.map((person) => [person.id, person]));
  for (const { ownerId, what } of chosen) {
    const owner = people.get(ownerId.toLowerCase());
    if (!owner) throw invalidField(field, "That person doesn't exist, or you don't have access to it.");
    const status = statusAt(owner, ctx.now());
    if (status !== "active" && status !== "locked")
      throw invalidPerson(field, `${fullName(owner)} is ${status} and cannot own ${what}.`, [ownerId]);
  }
}

/** A group carries additional roles, each to an end that is still to come. */
export async function checkCarried(ctx: Ctx, tx: Tx, wanted: GroupRole[], held: GroupRole[] = []): Promise<void> {
  if (wanted.length === 0) return;
  const at = ctx.now();
  const ids = wanted.map(({ roleId }) => roleId);
  const known = await tx.select().from(roles).where(inArray(roles.id, ids));
  for (const { roleId, endsAt } of wanted) {
    const role = known.find(({ id }) => id === roleId);
    if (!role) throw invalidField("roles", "One of these roles no longer exists.");
    if (role.kind !== "additional")
      throw invalidField("roles", `"${role.name}" is a primary role. A group carries additional roles.`);
    const kept = held.some((before) => before.roleId === roleId && before.endsAt?.getTime() === endsAt?.getTime());
    if (kept) continue;
    requireEnd("roles", endsAt, undefined, at, { pastEnds: "accepted" });
    if (endsAt && endsAt <= at)
      throw invalidField("roles", `The end of "${role.name}" is in the past. Remove the role instead.`);
  }
}
