import type { Tx } from "@/db/client";
import type { Ctx } from "@/lib/context";
import type { Target } from "@/lib/kernel/steps";
import { type GroupRow, lockGroup } from "@/lib/memberships/scoped";
import { type GroupRole, rolesOf, traceOf } from "@/lib/memberships/store";

export type StoredGroup = GroupRow & { roles: GroupRole[] };

/** A group as the target of a change: locked, visible to the actor, with the fields that the event compares. */
export async function groupTarget(ctx: Ctx, tx: Tx, id: string): Promise<Target<StoredGroup>> {
  const group = await lockGroup(ctx, tx, id);
  return {
    id: group.id,
    person: null,
    ownerId: group.ownerId,
    record: { ...group, roles: await rolesOf(tx, group.id) },
    trace: await traceOf(tx, group),
    facts: { group: group.name },
  };
}
