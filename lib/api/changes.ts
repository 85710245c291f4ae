import { diff } from "@/lib/audit/diff";
import { namedValues } from "@/lib/audit/named";
import type { Ctx } from "@/lib/context";
import type { Done } from "@/lib/kernel/steps";

/** What a dry run has found, field by field, with people by name where the actor may see them (R11). */
export async function changesOf(ctx: Ctx, { before, after, already }: Done<unknown>) {
  const named = await namedValues(ctx, diff(before, after));
  const told = Object.keys(named).length > 0;
  return {
    dryRun: true,
    // What an event says without fields, such as a membership, was done all the same.
    unchanged: already === true || (after !== null && !told),
    changes: Object.fromEntries(
      Object.entries(named).map(([field, change]) => {
        const [old, next] = change as [unknown, unknown];
        return [field, { before: old ?? null, after: next ?? null }];
      }),
    ),
  };
}
