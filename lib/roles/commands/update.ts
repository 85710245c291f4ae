import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { roles } from "@/db/schema";
import type { Access } from "@/lib/access/access";
import type { Carried, Grants } from "@/lib/access/grants";
import { raised } from "@/lib/audit/raise";
import { raiserOf, savedMeanwhile } from "@/lib/audit/raiser";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { mutate } from "@/lib/mutate";
import { foldName } from "@/lib/normalization/fold";
import { placeOnLadder } from "@/lib/roles/ladder";
import { mayChangeRole } from "@/lib/roles/policy";
import type { UpdateRole } from "@/lib/roles/schema";
import { withoutRepeats } from "@/lib/roles/scopes";
import {
  actorAccess,
  checkCombinations,
  checkName,
  checkOperations,
  lockRole,
  type StoredRole,
  saveCombinations,
  saveOperations,
  traceOf,
} from "@/lib/roles/store";

type Before = StoredRole & { access: Access };

/** Saves the form of a role: its kind is fixed, and the built-in one is not edited at all (R3). */
export function updateRole(ctx: Ctx, input: UpdateRole): Promise<{ id: string; version: number }> {
  const operations = withoutRepeats(input.operations);
  return mutate(ctx, "role.update", {
    id: input.id,
    target: async (tx) => {
      const role = await lockRole(ctx, tx, input.id);
      const record: Before = { ...role, access: await actorAccess(ctx, tx) };
      return { id: role.id, person: null, record, trace: await traceOf(tx, role) };
    },
    rule: (before) => mayChangeRole(before.access, before),
    grants: async (tx, before) => {
      await checkOperations(tx, operations);
      return grantsOf(before, input, operations);
    },
    change: async (tx, before) => {
      await refuseStale(ctx, tx, before, input.version);
      if (input.name !== before.name) await checkName(tx, input.name, before.id);
      await checkCombinations(tx, before.kind, input.combinesWith);
      const moved = before.kind === "primary" ? await placeOnLadder(tx, before.id, input.rank) : [];
      await saveOperations(tx, before.id, operations);
      await saveCombinations(tx, before.id, input.combinesWith);
      const [saved] = await tx
        .update(roles)
        .set({
          name: input.name,
          nameKey: input.name === before.name ? before.nameKey : foldName(input.name),
          description: input.description,
          ...raised(roles),
        })
        .where(eq(roles.id, before.id))
        .returning();
      if (!saved) throw new Error("The role vanished while it was locked");
      const after = await traceOf(tx, { ...saved, operations, combinesWith: input.combinesWith });
      return { value: { id: saved.id, version: saved.version }, after, facts: { role: saved.name, moved } };
    },
  });
}

/** A move on the ladder, by an edit of another role, counts as well. */
async function refuseStale(ctx: Ctx, tx: Tx, role: StoredRole, version: number): Promise<void> {
  if (role.version === version) return;
  const raiser = await raiserOf(ctx, tx, role);
  throw new AppError(
    "conflict",
    `${savedMeanwhile(raiser, `"${role.name}"`)}, or moved it on the ladder. Nothing of yours has been saved; load the role again to see what changed.`,
    { named: raiser.named },
  );
}

/**
 * What is new in the role; and all of it, when more people may hold it in force than before, for then it wakes in those
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
