import { eq } from "drizzle-orm";
import { groupRoles, roles, userRoles } from "@/db/schema";
import { command } from "@/lib/kernel/command";
import { closeLadder } from "@/lib/roles/ladder";
import { roleOperations } from "@/lib/roles/operations";
import { rolePages } from "@/lib/roles/pages";
import { mayDeleteRole } from "@/lib/roles/policy";
import { deleteRoleSchema } from "@/lib/roles/schema";
import { lockRole, traceOf } from "@/lib/roles/store";
import { usageOf } from "@/lib/roles/usage";

/** Deletes a role that nobody holds, no group carries and no other role needs (R3). */
export const deleteRole = command(roleOperations["role.delete"], {
  input: deleteRoleSchema,
  route: "DELETE /roles/{id}",
  target: async ({ ctx, tx }, { id }) => {
    const role = await lockRole(ctx, tx, id);
    const record = { ...role, usage: await usageOf(ctx, tx, role) };
    return { id: role.id, person: null, record, trace: await traceOf(tx, role) };
  },
  allowed: (before, _, { ctx }) => mayDeleteRole(ctx.actor.access, before, before.usage),
  change: async ({ tx }, before) => {
    await tx.delete(userRoles).where(eq(userRoles.roleId, before.id));
    await tx.delete(groupRoles).where(eq(groupRoles.roleId, before.id));
    await tx.delete(roles).where(eq(roles.id, before.id));
    const moved = before.kind === "primary" ? await closeLadder(tx) : [];
    const gone = Object.fromEntries(Object.keys(await traceOf(tx, before)).map((field) => [field, null]));
    return { value: { id: before.id, name: before.name }, after: gone, facts: { role: before.name, moved } };
  },
  refresh: rolePages,
});
