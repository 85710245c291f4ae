import type { z } from "zod";
import { requireAll } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { refuseTaken } from "@/lib/people/store";
import type { newNamesSchema } from "@/lib/users/schema";

/**
 * Refuses names that "Create" would refuse at this moment, at the same fields and with the same sentences (U7). It reserves nothing: the
 * command decides again.
 */
export async function checkNewNames(ctx: Ctx, names: z.output<typeof newNamesSchema>): Promise<null> {
  requireAll(ctx, "user.create", "You don't have permission to create users.");
  await refuseTaken(ctx, ctx.db, names);
  return null;
}
