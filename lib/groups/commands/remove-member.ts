import { refuseToLoseAdministration } from "@/lib/access/administrators";
import type { Ctx } from "@/lib/context";
import { memberTarget } from "@/lib/groups/membership";
import type { Member } from "@/lib/groups/schema";
import { eraseMemberships } from "@/lib/groups/store";
import { mutate } from "@/lib/mutate";
import { raiseVersions } from "@/lib/users/store";

/** Takes somebody out of a group: what they hold through it alone is gone at their next request (R10). */
export function removeMember(ctx: Ctx, { groupId, userId }: Member): Promise<{ name: string; group: string }> {
  return mutate(ctx, "group.remove_member", {
    id: groupId,
    target: (tx) => memberTarget(ctx, tx, groupId, userId),
    already: ({ held, name, group }) => (held ? null : { value: { name, group: group.name } }),
    change: async (tx, { group, name }) => {
      await eraseMemberships(tx, userId, [groupId]);
      await raiseVersions(tx, { userId });
      await refuseToLoseAdministration(ctx, tx);
      return { value: { name, group: group.name }, after: null };
    },
  });
}
