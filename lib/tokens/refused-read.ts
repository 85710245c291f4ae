import { isFirstInQuarter } from "@/lib/auth/throttle";
import type { TokenActor } from "@/lib/authz/principal";
import type { Ctx } from "@/lib/context";
import type { AppError } from "@/lib/errors";
import { recordRefusals } from "@/lib/kernel/refusal";
import type { OperationKey } from "@/lib/operations";

/**
 * Records that a token was refused a read, and returns the error to throw. One event for each token and operation in a quarter of
 * an hour, because a program that is set up wrongly repeats its request (L1).
 */
export async function refusedRead(ctx: Ctx<TokenActor>, operation: OperationKey, error: AppError): Promise<AppError> {
  if (await isFirstInQuarter(ctx, `${operation} ${ctx.actor.tokenId}`))
    await recordRefusals(ctx, operation, [{ target: { id: null, person: null }, error }]);
  return error;
}
