import { refuseToLoseAdministration } from "@/lib/authz/administrators";
import { memberChange, memberPages, memberTarget, refuseSavedSince } from "@/lib/groups/membership";
import { groupOperations } from "@/lib/groups/operations";
import { removeMemberSchema } from "@/lib/groups/schema";
import { command } from "@/lib/kernel/command";
import { eraseMemberships } from "@/lib/memberships/store";
import { raiseVersion } from "@/lib/people/store";

/** Takes somebody out of a group: what they hold through it alone is gone at their next request (R10). */
export const removeMember = command(groupOperations["group.remove_member"], {
  input: removeMemberSchema,
  route: "DELETE /groups/{groupId}/members/{userId}",
  target: ({ ctx, tx }, { groupId, userId }) => memberTarget(ctx, tx, groupId, userId),
  already: (membership, _, { now }) =>
    membership.held ? null : { value: memberChange(membership, membership.person.version, now) },
  check: ({ ctx, tx }, membership, { userVersion }) => refuseSavedSince(ctx, tx, membership, userVersion),
  change: async ({ ctx, tx, now }, membership, { groupId, userId }) => {
    await eraseMemberships(tx, userId, [groupId]);
    const version = await raiseVersion(tx, userId);
    await refuseToLoseAdministration(ctx, tx);
    return { value: memberChange(membership, version, now), after: null };
  },
  refresh: memberPages,
});
