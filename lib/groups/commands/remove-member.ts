import { refuseToLoseAdministration } from "@/lib/authz/administrators";
import { memberPages, memberTarget } from "@/lib/groups/membership";
import { groupOperations } from "@/lib/groups/operations";
import { memberSchema } from "@/lib/groups/schema";
import { command } from "@/lib/kernel/command";
import { eraseMemberships } from "@/lib/memberships/store";
import { raiseVersions } from "@/lib/people/store";

/** Takes somebody out of a group: what they hold through it alone is gone at their next request (R10). */
export const removeMember = command(groupOperations["group.remove_member"], {
  input: memberSchema,
  route: "DELETE /groups/{groupId}/members/{userId}",
  target: ({ ctx, tx }, { groupId, userId }) => memberTarget(ctx, tx, groupId, userId),
  already: ({ held, name, group }) => (held ? null : { value: { name, group: group.name } }),
  change: async ({ ctx, tx }, { group, name }, { groupId, userId }) => {
    await eraseMemberships(tx, userId, [groupId]);
    await raiseVersions(tx, { userId });
    await refuseToLoseAdministration(ctx, tx);
    return { value: { name, group: group.name }, after: null };
  },
  refresh: memberPages,
});
