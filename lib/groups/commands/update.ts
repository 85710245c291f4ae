import { refuseStale } from "@/lib/audit/raiser";
import { refuseToLoseAdministration } from "@/lib/authz/administrators";
import { guardTaken } from "@/lib/authz/guards";
import { isOver } from "@/lib/authz/model";
import { groupOperations } from "@/lib/groups/operations";
import { groupsPath } from "@/lib/groups/paths";
import { compareRoles } from "@/lib/groups/policy";
import { updateGroupRolesSchema, updateGroupSchema } from "@/lib/groups/schema";
import { groupTarget } from "@/lib/groups/target";
import { command } from "@/lib/kernel/command";
import { checkCarried, checkOwner } from "@/lib/memberships/placement";
import { isScoped } from "@/lib/memberships/scoped";
import { type GroupRole, saveGroup, saveRoles, traceOf } from "@/lib/memberships/store";
import { requireInSight } from "@/lib/people/placement";
import { lockChosen } from "@/lib/people/scoped";

const pages = ({ id }: { id: string }) => [groupsPath, `${groupsPath}/${id}`];

/**
 * Saves the form "Group Details": name, description, owner. `conflict` when somebody saved the group in the meantime.
 * `inSight` is false for an actor who has handed on a group that they saw as its owner.
 */
export const updateGroup = command(groupOperations["group.update"], {
  input: updateGroupSchema,
  route: "PATCH /groups/{id}",
  target: async ({ ctx, tx }, { id, ownerId }) => {
    await lockChosen(tx, [ownerId]);
    return groupTarget(ctx, tx, id);
  },
  locks: [],
  grants: async ({ ctx, tx }, before, { ownerId }) => {
    await requireInSight(ctx, tx, "ownerId", [ownerId], before.ownerId);
    return { owners: ownerId && ownerId !== before.ownerId ? [{ ownerId }] : [] };
  },
  check: async ({ ctx, tx }, before, { version, ownerId }) => {
    await refuseStale(ctx, tx, before, version, { noun: "group" });
    if (ownerId && ownerId !== before.ownerId) await checkOwner(ctx, tx, ownerId);
  },
  change: async ({ ctx, tx }, _, { id, version, ...details }) => {
    const saved = await saveGroup(tx, id, details);
    const own = saved.ownerId !== null && saved.ownerId === ctx.actor.access.personId;
    const inSight = own || !isScoped(ctx, "group.read");
    return { value: { id, version: saved.version, inSight }, after: await traceOf(tx, saved) };
  },
  refresh: pages,
});

/** Saves the form "Roles" of a group: which additional roles it carries, and until when. */
export const updateGroupRoles = command(groupOperations["group.update"], {
  key: "group.update_roles",
  input: updateGroupRolesSchema,
  route: "PUT /groups/{id}/roles",
  target: ({ ctx, tx }, { id }) => groupTarget(ctx, tx, id),
  locks: (before, { roles }, { now }) =>
    compared(before.roles, roles, now).taken.length > 0 ? ["administrators"] : [],
  grants: ({ now }, before, { roles }) => ({
    roles: compared(before.roles, roles, now).given.map(({ roleId, endsAt }) => ({ roleId, until: endsAt })),
  }),
  check: async ({ ctx, tx, now }, before, { version, roles }) => {
    await refuseStale(ctx, tx, before, version, { noun: "group" });
    await guardTaken(ctx, tx, compared(before.roles, roles, now).taken);
    await checkCarried(ctx, tx, roles, before.roles);
  },
  change: async ({ ctx, tx }, _, { id, roles }) => {
    await saveRoles(tx, id, roles);
    const saved = await saveGroup(tx, id);
    await refuseToLoseAdministration(ctx, tx);
    return { value: { id, version: saved.version }, after: await traceOf(tx, saved) };
  },
  refresh: pages,
});

/** What is given and taken. A role whose end is over gives nothing: to keep it is no grant, to clear it takes nothing. */
function compared(before: GroupRole[], after: GroupRole[], at: Date) {
  const lasting = (carried: GroupRole[]) => carried.filter(({ endsAt }) => !isOver(endsAt, at));
  return compareRoles(lasting(before), lasting(after));
}
