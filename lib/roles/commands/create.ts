import { newId } from "@/db/columns";
import { roles } from "@/db/schema";
import { command } from "@/lib/kernel/command";
import { foldName } from "@/lib/normalization/fold";
import { placeOnLadder } from "@/lib/roles/ladder";
import { roleOperations } from "@/lib/roles/operations";
import { rolePages } from "@/lib/roles/pages";
import { createRoleSchema } from "@/lib/roles/schema";
import { withoutRepeats } from "@/lib/roles/scopes";
import {
  checkCombinations,
  checkName,
  checkOperations,
  lockRoles,
  saveCombinations,
  saveOperations,
  traceOf,
} from "@/lib/roles/store";

/** Creates a role. What it carries is given to its holders, so its maker holds all of it (R8). */
export const createRole = command(roleOperations["role.create"], {
  input: createRoleSchema,
  route: "POST /roles",
  target: async ({ tx }, input) => {
    await lockRoles(tx);
    const id = newId();
    return { id, person: null, record: { id, operations: withoutRepeats(input.operations) }, trace: null };
  },
  grants: async ({ tx }, { operations }, { name }) => {
    await checkOperations(tx, operations);
    return { carried: [{ name, operations }] };
  },
  change: async ({ tx, now }, { id, operations }, { name, description, kind, combinesWith, ...input }) => {
    await checkName(tx, name, null);
    await checkCombinations(tx, kind, combinesWith);
    const [role] = await tx
      .insert(roles)
      .values({ id, name, nameKey: foldName(name), description, kind, createdAt: now })
      .returning();
    if (!role) throw new Error("The role was not stored");
    const rank = kind === "primary" ? input.rank : null;
    const moved = kind === "primary" ? await placeOnLadder(tx, id, rank) : [];
    await saveOperations(tx, id, operations);
    await saveCombinations(tx, id, combinesWith);
    const after = await traceOf(tx, { ...role, rank, operations, combinesWith });
    return { value: { id }, after, facts: { role: name, moved } };
  },
  refresh: rolePages,
});
