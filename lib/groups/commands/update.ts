import { isOver } from "@/lib/access/access";
import { refuseToLoseAdministration } from "@/lib/access/administrators";
import { guardTaken } from "@/lib/access/grants";
import type { Ctx } from "@/lib/context";
import { checkCarried, checkOwner, refuseStale } from "@/lib/groups/placement";
import { compareRoles } from "@/lib/groups/policy";
import type { UpdateGroup, UpdateGroupRoles } from "@/lib/groups/schema";
import { isScoped } from "@/lib/groups/scoped";
import { type GroupRole, saveGroup, saveRoles, traceOf } from "@/lib/groups/store";
import { groupTarget } from "@/lib/groups/target";
import { mutate } from "@/lib/mutate";
import { lockChosen } from "@/lib/users/scoped";

type Saved = { id: string; version: number };

/**
 * Saves the form "Group Details": name, description, owner. `conflict` when somebody saved the group meanwhile.
 * `inSight` is false for whoever has handed on a group that they saw as its owner.
 */
export function updateGroup(ctx: Ctx, input: UpdateGroup): Promise<Saved & { inSight: boolean }> {
  const { id, version, ...details } = input;
  return mutate(ctx, "group.update", {
    id,
    target: async (tx) => {
      await lockChosen(tx, [input.ownerId]);
      return groupTarget(ctx, tx, id);
    },
    grants: (_, before) => ({
      owners: input.ownerId && input.ownerId !== before.ownerId ? [{ ownerId: input.ownerId }] : [],
    }),
    change: async (tx, before) => {
      await refuseStale(ctx, tx, before, version);
      if (input.ownerId && input.ownerId !== before.ownerId) await checkOwner(ctx, tx, input.ownerId);
      const saved = await saveGroup(tx, id, details);
      const inSight =
        !isScoped(ctx, "group.read") || (saved.ownerId !== null && saved.ownerId === ctx.actor.access.personId);
      return { value: { id, version: saved.version, inSight }, after: await traceOf(tx, saved) };
    },
  });
}

/** Saves the form "Roles" of a group: which additional roles it carries, and until when. */
export function updateGroupRoles(ctx: Ctx, { id, version, roles }: UpdateGroupRoles): Promise<Saved> {
  return mutate(ctx, "group.update", {
    id,
    target: (tx) => groupTarget(ctx, tx, id),
    grants: (_, before) => ({
      roles: compared(ctx, before.roles, roles).given.map(({ roleId, endsAt }) => ({
        roleId,
        until: endsAt,
      })),
    }),
    change: async (tx, before) => {
      await refuseStale(ctx, tx, before, version);
      await guardTaken(ctx, tx, compared(ctx, before.roles, roles).taken);
      await checkCarried(ctx, tx, roles, before.roles);
      await saveRoles(tx, id, roles);
      const saved = await saveGroup(tx, id);
      await refuseToLoseAdministration(ctx, tx);
      return { value: { id, version: saved.version }, after: await traceOf(tx, saved) };
    },
  });
}

/** What is given and taken. A role whose end is over gives nothing: to keep it is no grant, to clear it takes nothing. */
function compared(ctx: Ctx, before: GroupRole[], after: GroupRole[]) {
  const lasting = (carried: GroupRole[]) => carried.filter(({ endsAt }) => !isOver(endsAt, ctx.now()));
  return compareRoles(lasting(before), lasting(after));
}
