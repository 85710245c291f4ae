import { newId } from "@/db/columns";
import { roles } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { mutate } from "@/lib/mutate";
import { foldName } from "@/lib/normalization/fold";
import { placeOnLadder } from "@/lib/roles/ladder";
import type { CreateRole } from "@/lib/roles/schema";
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

/** Creates a role. What it carries is given to whoever will hold it, so its maker holds all of it (R8). */
export function createRole(ctx: Ctx, input: CreateRole): Promise<{ id: string }> {
  const id = newId();
  const operations = withoutRepeats(input.operations);
  return mutate(ctx, "role.create", {
    target: async (tx) => {
      await lockRoles(tx);
      return { id, person: null, record: input, trace: null };
    },
    grants: async (tx) => {
      await checkOperations(tx, operations);
      return { carried: [{ name: input.name, operations }] };
    },
    change: async (tx) => {
      await checkName(tx, input.name, null);
      await checkCombinations(tx, input.kind, input.combinesWith);
      const [role] = await tx
        .insert(roles)
        .values({
          id,
          name: input.name,
          nameKey: foldName(input.name),
          description: input.description,
          kind: input.kind,
          createdAt: ctx.now(),
        })
        .returning();
      if (!role) throw new Error("The role was not stored");
      const moved = input.kind === "primary" ? await placeOnLadder(tx, id, input.rank) : [];
      await saveOperations(tx, id, operations);
      await saveCombinations(tx, id, input.combinesWith);
      const rank = input.kind === "primary" ? input.rank : null;
      const after = await traceOf(tx, { ...role, rank, operations, combinesWith: input.combinesWith });
      return { value: { id }, after, facts: { role: input.name, moved } };
    },
  });
}
