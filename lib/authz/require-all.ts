import { reachedBy } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { forbidden } from "@/lib/errors";
import type { OperationKey } from "@/lib/operations";

/** For reads that are about nobody in particular. Throws `forbidden` with these words unless the operation is held for all. */
export function requireAll(ctx: Ctx, operation: OperationKey, words: string): void {
  if (reachedBy(ctx, operation) !== "everyone") throw forbidden(words);
}
