import type { Tx } from "@/db/client";
import { requireStepUp } from "@/lib/auth/step-up";
import { authorizeTarget } from "@/lib/authz/authorize";
import { require } from "@/lib/authz/decision";
import { isGrant } from "@/lib/authz/grants";
import { guardGrants } from "@/lib/authz/guards";
import type { Access } from "@/lib/authz/model";
import { isPerson } from "@/lib/authz/principal";
import { type Actor, type Ctx, createContext } from "@/lib/context";
import { forbidden } from "@/lib/errors";
import { type CommonLocks, requireLocks } from "@/lib/kernel/common-locks";
import type { Found, Steps, Target, Work } from "@/lib/kernel/steps";
import { type OperationKey, operationOf } from "@/lib/operations";

/** Whether a use of it begins at all. `run` says why not. */
export const isEligible = ({ actor }: Ctx, { person }: { person?: boolean }) =>
  !actor.viewing && mayUse(actor, { person });

const mayUse = (actor: Actor, { person }: { person?: boolean | undefined }) => !person || isPerson(actor);

export type Decided<C extends Ctx, R, V> = {
  work: Work<C>;
  target: Target<R>;
  /** What the person of the target held then, where the decision asked. */
  theirs: Access | null;
  already: { value: V } | null;
  /** Whether it touches what somebody holds, and whether it gives somebody something (R8). */
  touches: boolean;
  gives: boolean;
};

type Deciding<C extends Ctx, R, V, P> = {
  ctx: C;
  tx: Tx;
  operation: OperationKey;
  steps: Steps<C, R, V, P>;
  found: Found;
  locked: CommonLocks;
};

/** The deciding half of a use: everything but the change, which `mayRun` asks for as well. `next` follows a yes. */
export async function decide<C extends Ctx, R, V, P, T>(
  { ctx, tx, operation, steps, found, locked }: Deciding<C, R, V, P>,
  next: (decided: Decided<C, R, V>) => Promise<T> | T,
): Promise<T> {
  const work: Work<C> = { ctx: await renewed(ctx, tx), tx, now: ctx.now(), locked };
  if (!mayUse(ctx.actor, steps)) throw forbidden("Only a signed-in person can do this.");
  const target = await steps.target(work);
  found.target = target;
  if (steps.locks) requireLocks(locked, steps.locks(target.record, work));
  const { decision, theirs } = await authorizeTarget(work.ctx, tx, operation, target);
  require(decision);
  const already = steps.already?.(target.record, work) ?? null;
  if (already) return next({ work, target, theirs, already, touches: false, gives: false });
  if (steps.allowed) require(steps.allowed(target.record, work));
  const grants = (await steps.grants?.(work, target.record)) ?? null;
  if (grants) await guardGrants(work.ctx, tx, grants);
  const touches = grants !== null;
  const gives = grants !== null && isGrant(grants);
  if (operationOf(operation).stepUp || gives) await requireStepUp(ctx, tx);
  await steps.check?.(work, target.record);
  return next({ work, target, theirs, already, touches, gives });
}

/** The same context on the transaction, with the actor's access read again in it, so that the check and the act are one. */
async function renewed<C extends Ctx>(ctx: C, tx: Tx): Promise<C> {
  const access = await ctx.actor.renew(tx, ctx.now());
  const { source, now, dryRun } = ctx;
  return createContext(tx, { ...ctx.actor, access }, { source, now, dryRun }) as C;
}
