import { newId } from "@/db/columns";
import type { Ctx } from "@/lib/context";
import { checkCarried, checkOwner } from "@/lib/groups/placement";
import type { CreateGroup } from "@/lib/groups/schema";
import { insertGroup, saveRoles, traceOf } from "@/lib/groups/store";
import { mutate } from "@/lib/mutate";
import { lockChosen } from "@/lib/users/scoped";

/** Creates a group without members. `invalid` at `name` when another group bears it. */
export function createGroup(ctx: Ctx, input: CreateGroup): Promise<{ id: string }> {
  const { roles, ...details } = input;
  const id = newId();
  return mutate(ctx, "group.create", {
    target: async (tx) => {
      await lockChosen(tx, [input.ownerId]);
      return { id, person: null, record: input, trace: null, facts: { group: input.name } };
    },
    grants: () => ({
      roles: roles.map(({ roleId, endsAt }) => ({ roleId, until: endsAt })),
      owners: input.ownerId ? [{ ownerId: input.ownerId }] : [],
    }),
    change: async (tx) => {
      if (input.ownerId) await checkOwner(ctx, tx, input.ownerId);
      await checkCarried(ctx, tx, roles);
      const group = await insertGroup(tx, id, details, ctx.now());
      await saveRoles(tx, id, roles);
      return { value: { id }, after: await traceOf(tx, group) };
    },
  });
}
