import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import type { Outcome, TargetKind } from "@/db/enums";
import { lockAdministrators, someAdministrators } from "@/lib/access/administrators";
import { type Grants, guardGained, guardGrants, isGrant } from "@/lib/access/grants";
import { judge } from "@/lib/access/judge";
import { loadAccess } from "@/lib/access/load";
import { announceEvent } from "@/lib/audit/raise";
import { recordEvent, type Trace } from "@/lib/audit/record";
import { requireSessionToCommit } from "@/lib/auth/require-session";
import { type Ctx, transactionsOf } from "@/lib/context";
import { AppError, precondition } from "@/lib/errors";
import { requireFresh } from "@/lib/fresh";
import { faultOf, log } from "@/lib/log";
import { type GrantingOperation, type OperationKey, operationOf } from "@/lib/operations";
import { unavailableOf } from "@/lib/unavailable";
import { require, type Verdict } from "@/lib/verdict";

/**
 * The only door to a write: it finds the target, decides about it, changes it and writes the event, all in one
 * transaction. No change without its event; a refused change rolls back and its event is written by itself (L2), but
 * for the question who one is, which is asked and answered before anything was decided (S8).
 */
export type Target<R> = {
  id: string | null;
  /** The person whom the change concerns: the target itself, or the owner of the thing. */
  person: { id: string; name: string } | null;
  /** Whose thing it is, for things that have an owner: what `owned_groups` reaches. */
  ownerId?: string | null;
  record: R;
  /** Auditable fields before the change; null for a creation. */
  trace: Trace | null;
  /** What the event's sentence calls the thing, also when the change is refused. */
  facts?: Trace;
};

type Change<V> = {
  value: V;
  /** Beside the target's `trace`: fields that only the change reads. */
  before?: Trace;
  after: Trace | null;
  facts?: Trace;
  id?: string;
  personId?: string;
  outcome?: Outcome;
  /** What became of the actor's own session, where the change concerns it: its new id, or null when this ended it. */
  session?: string | null;
};

type Spec<R, V, P> = {
  target: (tx: Tx) => Promise<Target<R>>;
  /** What the state of the target allows, once the actor may do this at all. */
  rule?: (record: R) => Verdict;
  /** Dear work, such as hashing a password: done before the transaction, and only once the decision has been a yes. */
  prepare?: (() => Promise<P>) | undefined;
  change: (tx: Tx, record: R, prepared: P | undefined) => Promise<Change<V>>;
  /** What a refusal's event names when the target was not even found. */
  id?: string;
};

/** An operation that can cause somebody to hold more must say what (R8). */
type GrantingSpec<R, V, P> = Spec<R, V, P> & { grants: (tx: Tx, record: R) => Promise<Grants> | Grants };

export function mutate<R, V, P = never>(
  ctx: Ctx,
  operation: GrantingOperation,
  spec: GrantingSpec<R, V, P>,
): Promise<V>;
export function mutate<R, V, P = never>(
  ctx: Ctx,
  operation: Exclude<OperationKey, GrantingOperation>,
  spec: Spec<R, V, P>,
): Promise<V>;
export async function mutate<R, V, P>(
  ctx: Ctx,
  operation: OperationKey,
  spec: Spec<R, V, P> | GrantingSpec<R, V, P>,
): Promise<V> {
  const catalogued = operationOf(operation);
  let found: Target<R> | null = null;
  async function decide(tx: Tx) {
    if (catalogued.administrators) await lockAdministrators(tx);
    const fresh = await refresh(ctx, tx);
    const target = await spec.target(tx);
    found = target;
    require(await judge(fresh, tx, operation, target));
    if (spec.rule) require(spec.rule(target.record));
    const grants = "grants" in spec ? await spec.grants(tx, target.record) : null;
    if (grants) await guardGrants(fresh, tx, grants);
    if (catalogued.fresh || (grants && isGrant(grants))) await requireFresh(ctx, tx);
    return { fresh, target };
  }
  try {
    if (spec.prepare) await transactionsOf(ctx).transaction(decide);
    const prepared = await spec.prepare?.();
    return await transactionsOf(ctx).transaction(async (tx) => {
      const { fresh, target } = await decide(tx);
      const id = newId();
      await announceEvent(tx, id);
      const before = catalogued.administrators ? await someAdministrators(tx, ctx.now()) : [];
      const personId = "grants" in spec ? target.person?.id : undefined;
      const held = personId ? await loadAccess(tx, personId, ctx.now()) : null;

      const change = await spec.change(tx, target.record, prepared);
      if (personId && held) guardGained(fresh, held, await loadAccess(tx, personId, ctx.now()));
      if (before.length > 0 && (await someAdministrators(tx, ctx.now())).length === 0) throw lastAdministrator(target);
      await recordEvent(ctx, tx, {
        id,
        operation,
        outcome: change.outcome ?? "succeeded",
        target: {
          kind: kindOf(operation),
          id: change.id ?? target.id,
          personId: change.personId ?? target.person?.id ?? null,
        },
        before: change.before ? { ...target.trace, ...change.before } : target.trace,
        after: change.after,
        facts: { ...target.facts, ...change.facts },
      });
      await requireSessionToCommit(ctx, tx, change.session);
      return change.value;
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "stale") throw error;
    // Then no event can be written, and after a loss at the end of the change one of a failure may be untrue.
    if (unavailableOf(error)) throw error;
    await recordRefusal(ctx, operation, found ?? { id: spec.id ?? null, person: null }, error);
    throw error;
  }
}

/** The target of `user.disable` is a user: the first word of the operation says it. */
const kindOf = (operation: OperationKey) =>
  (operation.startsWith("account.") ? "user" : operation.slice(0, operation.indexOf("."))) as TargetKind;

/** What the actor holds is read again inside the transaction, so that the check and the act are one. */
async function refresh(ctx: Ctx, tx: Tx): Promise<Ctx> {
  return { ...ctx, actor: { ...ctx.actor, access: await ctx.actor.renew(tx, ctx.now()) } };
}

const lastAdministrator = (target: Target<unknown>) =>
  precondition(
    `${target.person?.name ?? "This person"} is the last active administrator. Make somebody else one first.`,
  );

async function recordRefusal(
  ctx: Ctx,
  operation: OperationKey,
  target: { id: string | null; person: { id: string } | null; facts?: Trace },
  error: unknown,
): Promise<void> {
  const known = error instanceof AppError;
  const written = transactionsOf(ctx).transaction((tx) =>
    recordEvent(ctx, tx, {
      operation,
      outcome: known ? "refused" : "failed",
      target: { kind: kindOf(operation), id: target.id, personId: target.person?.id ?? null },
      before: null,
      after: null,
      facts: {
        ...target.facts,
        ...(known && { reason: error.message }),
      },
      named: known ? error.named : [],
    }),
  );
  await written.catch((fault) =>
    log.error({ operation, requestId: ctx.source.requestId, fault: faultOf(fault) }, "event not written"),
  );
}
