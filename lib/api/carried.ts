import { scopesOf } from "@/lib/authz/evaluate";
import type { Ctx } from "@/lib/context";
import { type AppError, forbidden } from "@/lib/errors";
import { type OperationKey, operationOf } from "@/lib/operations";

/** The refusal of a token that may not do such a thing to anybody, or null. */
export const notCarried = ({ actor }: Ctx, operation: OperationKey | null): AppError | null =>
  operation && scopesOf(actor.access, operation).size === 0
    ? forbidden(`This token may not: ${operationOf(operation).sentence} (${operation}).`)
    : null;
