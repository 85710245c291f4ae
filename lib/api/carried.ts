import { type Needed, operationsNeeded } from "@/lib/api/endpoint";
import { scopesOf } from "@/lib/authz/evaluate";
import type { Ctx } from "@/lib/context";
import { type AppError, forbidden } from "@/lib/errors";
import { operationOf } from "@/lib/operations";

/** The refusal of a token that may not do such a thing to anybody, or null. */
export function notCarried({ actor }: Ctx, needed: Needed): AppError | null {
  const operations = operationsNeeded(needed);
  if (operations.length === 0 || operations.some((one) => scopesOf(actor.access, one).size > 0)) return null;
  const named = operations.map((one) => `${operationOf(one).sentence} (${one})`);
  return forbidden(`This token does not allow: ${named.join("; ")}.`);
}
