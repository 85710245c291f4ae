import type { z } from "zod";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import type { Outcome, TargetKind } from "@/db/enums";
import type { Access } from "@/lib/access/access";
import { someAdministrators } from "@/lib/access/administrators";
import { type Grants, guardGained, guardGrants, isGrant } from "@/lib/access/grants";
import { authorize } from "@/lib/access/judge";
import { loadAccess } from "@/lib/access/load";
import { announceEvent } from "@/lib/audit/raise";
import { type EventDraft, recordEvent, type Trace } from "@/lib/audit/record";
import { reasonInLog } from "@/lib/audit/words";
import { requireSessionToCommit } from "@/lib/auth/require-session";
import { type Ctx, createContext, transactionsOf } from "@/lib/context";
import { AppError, forbidden, precondition } from "@/lib/errors";
import { requireFresh } from "@/lib/fresh";
import type { Command } from "@/lib/kernel/command";
import { type CommonLock, type CommonLocks, requireLocks, withCommonLocks } from "@/lib/kernel/common-locks";
import { rollBack } from "@/lib/kernel/dry-run";
import { isPerson } from "@/lib/kernel/principal";
import { faultOf, log } from "@/lib/log";
import { type OperationKey, operationOf } from "@/lib/operations";
import { unavailableOf } from "@/lib/unavailable";
import { require, type Verdict } from "@/lib/verdict";

/** On what an operation is used, as it was found and locked. */
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

export type Change<V> = {
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
  /** Refused, and yet what was written stays: the event says "refused" with this reason, and it is thrown after the commit. */
  refusal?: AppError;
};

/** What every step is given: the transaction, a context that reads in it with the actor's access as it is now, the moment. */
export type Work<C extends Ctx = Ctx> = { ctx: C; tx: Tx; now: Date };

/** The steps of one use of a command, in the order in which they run, with its input bound. */
export type Steps<C extends Ctx, R, V, P> = {
  /** Refused to whoever is no signed-in person. */
  person?: boolean;
  target(work: Work<C>): Promise<Target<R>>;
  /** A value when the target is as the command would leave it: then nothing changes, and no event is written. */
  /** The common locks that it takes before it looks for the target. */
  locksFirst: CommonLock[];
  /** Those that the target then asks for. */
  locks?(record: R, work: Work<C>): CommonLock[];
  already?(record: R, work: Work<C>): { value: V } | null;
  allowed?(record: R, work: Work<C>): Verdict;
  grants?(work: Work<C>, record: R): Promise<Grants> | Grants;
  check?(work: Work<C>, record: R): Promise<void> | void;
  prepare?: (() => Promise<P>) | undefined;
  change(work: Work<C>, record: R, prepared: P | undefined): Promise<Change<V>>;
  /** What a refusal's event names when the target was not even found. */
  id?: string | null;
};

/** What a change gives, or would give, and what its event says of it. */
export type Done<V> = { value: V; before: Trace | null; after: Trace | null; facts: Trace };

/** Looks at what a dry run has made, in its transaction. */
type Inspect<T> = (tx: Tx) => Promise<T>;

export function run<S extends z.ZodType, V, C extends Ctx>(
  ctx: C,
  command: Command<S, V, C>,
  input: z.output<S>,
  options?: { dryRun?: false },
): Promise<V>;
export function run<S extends z.ZodType, V, C extends Ctx>(
  ctx: C,
  command: Command<S, V, C>,
  input: z.output<S>,
  options: { dryRun: true },
): Promise<Done<V>>;
export function run<S extends z.ZodType, V, C extends Ctx, T>(
  ctx: C,
  command: Command<S, V, C>,
  input: z.output<S>,
  options: { dryRun: true; inspect: Inspect<T> },
): Promise<Done<V> & { inspected: T }>;
/**
 * Uses a command: every edge, every other command and every test ends here. `input` has been parsed. Throws an AppError
 * when it is refused. A dry run does all of it and rolls it back, its event included; it throws `conflict` when it would
 * wait for a lock longer than `lockWait`. What `before` counts, such as attempts, counts in a dry run as well. `inspect`
 * looks at what a dry run has made, before it is rolled back.
 */
export async function run<S extends z.ZodType, V, C extends Ctx>(
  ctx: C,
  command: Command<S, V, C>,
  input: z.output<S>,
  { dryRun = false, inspect }: { dryRun?: boolean; inspect?: Inspect<unknown> } = {},
): Promise<V | (Done<V> & { inspected?: unknown })> {
  const steps = command.steps(input);
  if (isEligible(ctx, steps)) await command.before(ctx, input);
  const key = command.operation.key;
  if (dryRun)
    return rollBack(ctx, async (inside, tx) => {
      const done = await enact(inside as C, key, steps);
      return inspect ? { ...done, inspected: await inspect(tx) } : done;
    });
  return (await enact(ctx, key, steps)).value;
}

export const isEligible = (ctx: Ctx, { person }: { person?: boolean }) => !person || isPerson(ctx.actor);

type Outcomes<V> = Done<V> & { refusal?: AppError };

/**
 * The only door to a write: it finds the target, decides about it, changes it and writes the event, all in one
 * transaction. No change without its event; a refused change rolls back and its event is written by itself (L2). Inside
 * another change it is a savepoint, and rolls back with it.
 */
export async function enact<C extends Ctx, R, V, P>(
  ctx: C,
  operation: OperationKey,
  steps: Steps<C, R, V, P>,
): Promise<Done<V>> {
  const found: Found = { target: { id: steps.id ?? null, person: null } };
  const { refusal, ...done } = await decideAndChange(ctx, operation, steps, found).catch(async (error: unknown) => {
    if (isUntold(error)) throw error;
    await recordRefusal(ctx, operation, found.target, error);
    throw error;
  });
  if (refusal) throw refusal;
  return done;
}

/**
 * Who one is, is asked and answered before anything was decided (S8). Where the database is not available no event can be
 * written, and after a loss at the end of the change one of a failure may be untrue.
 */
export const isUntold = (error: unknown) =>
  (error instanceof AppError && error.code === "stale") || unavailableOf(error) !== null;

export type Named = Pick<Target<unknown>, "id" | "person" | "facts">;
/** What a refusal names: the target, as soon as it was found. */
export type Found = { target: Named };

async function decideAndChange<C extends Ctx, R, V, P>(
  ctx: C,
  operation: OperationKey,
  steps: Steps<C, R, V, P>,
  found: Found,
): Promise<Outcomes<V>> {
  const first = steps.locksFirst;
  const only = async (decided: Decided<C, R, V>) => decided;
  const decided =
    steps.prepare &&
    (await withCommonLocks(ctx, first, (locked, tx) => decide({ ctx, tx, operation, steps, found, locked }, only)));
  if (decided?.already) return unchanged(decided);
  const prepared = await steps.prepare?.();
  return withCommonLocks(ctx, first, (locked, tx) =>
    decide({ ctx, tx, operation, steps, found, locked }, (made) =>
      made.already ? unchanged(made) : change(ctx, operation, steps, made, prepared),
    ),
  );
}

export type Decided<C extends Ctx, R, V> = {
  work: Work<C>;
  target: Target<R>;
  /** What the person of the target held then, where the decision asked. */
  theirs: Access | null;
  already: { value: V } | null;
  /** Whether it gives somebody something (R8). */
  gives: boolean;
  locked: CommonLocks;
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
  const work: Work<C> = { ctx: await renewed(ctx, tx), tx, now: ctx.now() };
  if (!isEligible(ctx, steps)) throw forbidden("Only a signed-in person can do this.");
  const target = await steps.target(work);
  if (steps.locks) requireLocks(locked, steps.locks(target.record, work));
  found.target = target;
  const { verdict, theirs } = await authorize(work.ctx, tx, operation, target);
  require(verdict);
  const already = steps.already?.(target.record, work) ?? null;
  if (already) return next({ work, target, theirs, already, gives: false, locked });
  if (steps.allowed) require(steps.allowed(target.record, work));
  const grants = await steps.grants?.(work, target.record);
  if (grants) await guardGrants(work.ctx, tx, grants);
  const gives = grants !== undefined && isGrant(grants);
  if (operationOf(operation).fresh || gives) await requireFresh(ctx, tx);
  await steps.check?.(work, target.record);
  return next({ work, target, theirs, already, gives, locked });
}

export const unchanged = <V>({
  target,
  already,
}: Decided<Ctx, unknown, V> & { already: { value: V } | null }): Done<V> => ({
  value: (already as { value: V }).value,
  before: target.trace,
  after: null,
  facts: { ...target.facts },
});

async function change<C extends Ctx, R, V, P>(
  ctx: C,
  operation: OperationKey,
  steps: Steps<C, R, V, P>,
  decided: Decided<C, R, V>,
  prepared: P | undefined,
): Promise<Outcomes<V>> {
  const { work, target, locked } = decided;
  const { session, ...outcomes } = await keepingAdministrators(work, locked, target, () =>
    apply(ctx, operation, steps, decided, prepared),
  );
  await requireSessionToCommit(ctx, work.tx, session);
  return outcomes;
}

/** U15: where it could lessen the administrators, some are left, or it throws. */
export async function keepingAdministrators<T>(
  { tx, now }: Pick<Work, "tx" | "now">,
  locked: CommonLocks,
  target: Named,
  work: () => Promise<T>,
): Promise<T> {
  if (!locked.has("administrators")) return work();
  const before = await someAdministrators(tx, now);
  const done = await work();
  if (before.length > 0 && (await someAdministrators(tx, now)).length === 0) throw lastAdministrator(target);
  return done;
}

/** The change itself and its event, once it is decided. */
export async function apply<C extends Ctx, R, V, P>(
  ctx: C,
  operation: OperationKey,
  steps: Steps<C, R, V, P>,
  { work, target, theirs }: Decided<C, R, V>,
  prepared: P | undefined,
): Promise<Outcomes<V> & Pick<Change<V>, "session">> {
  const { tx, now } = work;
  const id = newId();
  announceEvent(tx, id);
  const personId = steps.grants ? target.person?.id : undefined;
  const held = personId ? (theirs ?? (await loadAccess(tx, personId, now))) : null;

  const { value, refusal, session, ...made } = await steps.change(work, target.record, prepared);
  if (personId && held) guardGained(work.ctx, held, await loadAccess(tx, personId, now));
  const told = {
    before: made.before ? { ...target.trace, ...made.before } : target.trace,
    after: made.after,
    facts: { ...(refusal && { reason: reasonInLog(refusal.message) }), ...target.facts, ...made.facts },
  };
  await recordEvent(ctx, tx, {
    id,
    operation,
    outcome: made.outcome ?? (refusal ? "refused" : "succeeded"),
    target: {
      kind: kindOf(operation),
      id: made.id ?? target.id,
      personId: made.personId ?? target.person?.id ?? null,
    },
    named: refusal?.named,
    ...told,
  });
  return { value, refusal, session, ...told };
}

/** The target of `user.disable` is a user: the first word of the operation says it. */
const kindOf = (operation: OperationKey) =>
  (operation.startsWith("account.") ? "user" : operation.slice(0, operation.indexOf("."))) as TargetKind;

/** The same context on the transaction, with the actor's access read again in it, so that the check and the act are one. */
async function renewed<C extends Ctx>(ctx: C, tx: Tx): Promise<C> {
  const access = await ctx.actor.renew(tx, ctx.now());
  const { source, now, dryRun } = ctx;
  return createContext(tx, { ...ctx.actor, access }, { source, now, dryRun }) as C;
}

export const lastAdministrator = (target: Named) =>
  precondition(
    `${target.person?.name ?? "This person"} is the last active administrator. Make somebody else one first.`,
  );

/** The event of a use that was refused or failed, in a transaction of its own. */
async function recordRefusal(ctx: Ctx, operation: OperationKey, target: Named, error: unknown): Promise<void> {
  const written = transactionsOf(ctx).transaction((tx) => recordEvent(ctx, tx, refusalOf(operation, target, error)));
  await written.catch((fault) =>
    log.error({ operation, requestId: ctx.source.requestId, fault: faultOf(fault) }, "event not written"),
  );
}

/** What the event of a refusal tells. */
export function refusalOf(operation: OperationKey, target: Named, error: unknown): EventDraft {
  const known = error instanceof AppError;
  return {
    operation,
    outcome: known ? "refused" : "failed",
    target: { kind: kindOf(operation), id: target.id, personId: target.person?.id ?? null },
    before: null,
    after: null,
    facts: { ...target.facts, ...(known && { reason: reasonInLog(error.message) }) },
    named: known ? error.named : [],
  };
}
