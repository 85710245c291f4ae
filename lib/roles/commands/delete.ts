import { eq } from "drizzle-orm";
import { groupRoles, roles, userRoles } from "@/db/schema";
import type { Access } from "@/lib/access/access";
import type { Ctx } from "@/lib/context";
import { mutate } from "@/lib/mutate";
import { closeLadder } from "@/lib/roles/ladder";
import { mayDeleteRole, type RoleUsage } from "@/lib/roles/policy";
import type { DeleteRole } from "@/lib/roles/schema";
import { actorAccess, lockRole, type StoredRole, traceOf } from "@/lib/roles/store";
import { usageOf } from "@/lib/roles/usage";

type Before = StoredRole & { access: Access; usage: RoleUsage };

/** Deletes a role that nobody holds, no group carries and no other role needs (R3). */
export function deleteRole(ctx: Ctx, input: DeleteRole): Promise<{ id: string; name: string }> {
  return mutate(ctx, "role.delete", {
    id: input.id,
    target: async (tx) => {
      const role = await lockRole(ctx, tx, input.id);
      const record: Before = { ...role, access: await actorAccess(ctx, tx), usage: await usageOf(ctx, tx, role) };
      return { id: role.id, person: null, record, trace: await traceOf(tx, role) };
    },
    rule: (before) => mayDeleteRole(before.access, before, before.usage),
    change: async (tx, before) => {
      await tx.delete(userRoles).where(eq(userRoles.roleId, before.id));
      await tx.delete(groupRoles).where(eq(groupRoles.roleId, before.id));
      await tx.delete(roles).where(eq(roles.id, before.id));
      const moved = before.kind === "primary" ? await closeLadder(tx) : [];
      const gone = Object.fromEntries(Object.keys(await traceOf(tx, before)).map((field) => [field, null]));
      return { value: { id: before.id, name: before.name }, after: gone, facts: { role: before.name, moved } };
    },
  });
}
