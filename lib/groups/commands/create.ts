import { newId } from "@/db/columns";
import { groupOperations } from "@/lib/groups/operations";
import { groupsPath } from "@/lib/groups/paths";
import { createGroupSchema } from "@/lib/groups/schema";
import { command } from "@/lib/kernel/command";
import { checkCarried, checkOwner } from "@/lib/memberships/placement";
import { insertGroup, saveRoles, traceOf } from "@/lib/memberships/store";
import { requireInSight } from "@/lib/people/placement";
import { lockChosen } from "@/lib/people/scoped";

/** Creates a group without members. `invalid` at `name` when another group has it. */
export const createGroup = command(groupOperations["group.create"], {
  input: createGroupSchema,
  route: "POST /groups",
  target: async ({ tx }, { name, ownerId }) => {
    await lockChosen(tx, [ownerId]);
    const id = newId();
    return { id, person: null, record: id, trace: null, facts: { group: name } };
  },
  grants: async ({ ctx, tx }, _, { roles, ownerId }) => {
    await requireInSight(ctx, tx, "ownerId", [ownerId]);
    return {
      roles: roles.map(({ roleId, endsAt }) => ({ roleId, until: endsAt })),
      owners: ownerId ? [{ ownerId }] : [],
    };
  },
  change: async ({ ctx, tx, now }, id, { roles, ...details }) => {
    if (details.ownerId) await checkOwner(ctx, tx, details.ownerId);
    await checkCarried(ctx, tx, roles);
    const group = await insertGroup(tx, id, details, now);
    await saveRoles(tx, id, roles);
    return { value: { id }, after: await traceOf(tx, group) };
  },
  refresh: () => [groupsPath],
});
