import { eq } from "drizzle-orm";
import { roles } from "@/db/schema";
import { raised } from "@/lib/audit/raise";
import { refuseStale } from "@/lib/audit/raiser";
import type { Carried, Grants } from "@/lib/authz/grants";
import { command } from "@/lib/kernel/command";
import { foldName } from "@/lib/normalization/fold";
import { checkRank, placeOnLadder } from "@/lib/roles/ladder";
import { roleOperations } from "@/lib/roles/operations";
import { rolePages, rolesPath } from "@/lib/roles/pages";
import { mayChangeRole } from "@/lib/roles/policy";
import { type UpdateRole, updateRoleSchema } from "@/lib/roles/schema";
import { withoutRepeats } from "@/lib/roles/scopes";
import {
  checkCombinations,
  checkName,
  checkOperations,
  lockRole,
  type StoredRole,
  saveCombinations,
  saveOperations,
  traceOf,
} from "@/lib/roles/store";

/** Saves the form of a role: its kind is fixed, and the built-in one is not edited at all (R3). */
export const updateRole = command(roleOperations["role.update"], {
  input: updateRoleSchema,
  route: "PATCH /roles/{id}",
  target: async ({ ctx, tx }, { id, operations }) => {
    const role = await lockRole(ctx, tx, id);
    const record = { before: role, operations: withoutRepeats(operations) };
    return { id: role.id, person: null, record, trace: await traceOf(tx, role) };
  },
  allowed: ({ before }, _, { ctx }) => mayChangeRole(ctx.actor.access, before),
  grants: async ({ tx }, { before, operations }, input) => {
    await checkOperations(tx, operations);
    return grantsOf(before, input, operations);
  },
  check: async ({ ctx, tx }, { before }, { version, name, rank, combinesWith }) => {
    await refuseStale(ctx, tx, before, version, { noun: "role", also: " or changed its rank" });
    if (name !== before.name) await checkName(tx, name, before.id);
    await checkCombinations(tx, before.kind, combinesWith);
    if (before.kind === "primary") await checkRank(tx, rank);
  },
  change: async ({ tx }, { before, operations }, { name, description, rank, combinesWith }) => {
    const moved = before.kind === "primary" ? await placeOnLadder(tx, before.id, rank) : [];
    await saveOperations(tx, before.id, operations);
    await saveCombinations(tx, before.id, combinesWith);
    const nameKey = name === before.name ? before.nameKey : foldName(name);
    const [saved] = await tx
      .update(roles)
      .set({ name, nameKey, description, ...raised(tx, roles) })
      .where(eq(roles.id, before.id))
      .returning();
    if (!saved) throw new Error("The role vanished while it was locked");
    const after = await traceOf(tx, { ...saved, operations, combinesWith });
    return { value: { id: saved.id, version: saved.version }, after, facts: { role: saved.name, moved } };
  },
  refresh: ({ id }) => [...rolePages(), `${rolesPath}/${id}`],
});

/**
 * What is new in the role; and all of it, when more people may hold it in force than before, for then it becomes active in those
 * in whom it was dormant.
 */
function grantsOf(before: StoredRole, input: UpdateRole, operations: Carried): Grants {
  const wider =
    before.combinesWith.length > 0 &&
    (input.combinesWith.length === 0 || input.combinesWith.some((id) => !before.combinesWith.includes(id)));
  const held = (wanted: Carried[number]) =>
    before.operations.some(
      ({ operation, scope }) => operation === wanted.operation && (scope === wanted.scope || scope === "all"),
    );
  return { carried: [{ name: input.name, operations: wider ? operations : operations.filter((one) => !held(one)) }] };
}
