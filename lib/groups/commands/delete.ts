import { isOver } from "@/lib/access/access";
import { refuseToLoseAdministration } from "@/lib/access/administrators";
import { guardTaken } from "@/lib/access/grants";
import type { Ctx } from "@/lib/context";
import { refuseStale } from "@/lib/groups/placement";
import type { DeleteGroup } from "@/lib/groups/schema";
import { eraseGroup } from "@/lib/groups/store";
import { groupTarget } from "@/lib/groups/target";
import { mutate } from "@/lib/mutate";
import { raiseVersions } from "@/lib/users/store";

/** Deletes a group with its memberships: its members lose what it carries. Gives how many they were. */
export function deleteGroup(ctx: Ctx, { id, version }: DeleteGroup): Promise<{ name: string; members: number }> {
  return mutate(ctx, "group.delete", {
    id,
    target: (tx) => groupTarget(ctx, tx, id),
    change: async (tx, before) => {
      refuseStale(before, version);
      const carried = before.roles.filter(({ endsAt }) => !isOver(endsAt, ctx.now()));
      const taken = carried.map(({ roleId }) => roleId);
      await guardTaken(ctx, tx, taken);
      const members = await raiseVersions(tx, { groupId: id });
      await eraseGroup(tx, id);
      await refuseToLoseAdministration(ctx, tx);
      return { value: { name: before.name, members }, after: {}, facts: { members } };
    },
  });
}
