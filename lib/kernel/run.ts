import type { z } from "zod";
import type { Tx } from "@/db/client";
import { requireSessionToCommit } from "@/lib/auth/require-session";
import { refuseInView } from "@/lib/authz/viewing";
import type { Ctx } from "@/lib/context";
import { apply, keepingAdministrators, type Outcomes, unchanged } from "@/lib/kernel/apply";
import type { Command } from "@/lib/kernel/command";
import { type CommonLocks, withCommonLocks } from "@/lib/kernel/common-locks";
import { type Decided, decide, isEligible } from "@/lib/kernel/decide";
import { rollBack } from "@/lib/kernel/dry-run";
import type { Once } from "@/lib/kernel/once";
import { recordRefusals } from "@/lib/kernel/refusal";
import type { Done, Found, Steps } from "@/lib/kernel/steps";
import type { OperationKey } from "@/lib/operations";

/** Looks at what a dry run has made, in its transaction. */
type Inspect<T> = (tx: Tx) => Promise<T>;

export function run<S extends z.ZodType, V, C extends Ctx>(
  ctx: C,
  command: Command<S, V, C>,
  input: z.output<S>,
  options?: { dryRun?: false; once?: Once<V> | undefined },
): Promise<V>;
export function run<S extends z.ZodType, V, C extends Ctx>(
  ctx: C,
  command: Command<S, V, C>,
  input: z.output<S>,
  options: { dryRun: true; told?: true },
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
 * looks at what a dry run has made, before it is rolled back. `told`: a refusal of a dry run leaves its event, as where
 * programs ask for one (P4). `once`: what makes this use the only one of its key.
 */
export async function run<S extends z.ZodType, V, C extends Ctx>(
  ctx: C,
  command: Command<S, V, C>,
  input: z.output<S>,
  options: { dryRun?: boolean; told?: true; inspect?: Inspect<unknown>; once?: Once<V> | undefined } = {},
): Promise<V | (Done<V> & { inspected?: unknown })> {
  const { dryRun = false, told, inspect, once } = options;
  const steps = command.steps(input);
  if (isEligible(ctx, steps)) await command.before(ctx, input);
  const key = command.operation.key;
  if (dryRun) {
    const found = notFoundYet(steps);
    const tried = rollBack(ctx, async (inside, tx) => {
      const done = await runSteps(inside as C, key, steps, found);
      return inspect ? { ...done, inspected: await inspect(tx) } : done;
    });
    return told ? tellRefusal(ctx, key, found, tried) : tried;
  }
  return (await runSteps(ctx, key, steps, notFoundYet(steps), once)).value;
}

/**
 * The only door to a write: it finds the target, decides about it, changes it and writes the event, all in one
 * transaction. No change without its event; a refused change rolls back and its event is written by itself (L2). Inside
 * another change it is a savepoint, and rolls back with it.
 */
export async function runSteps<C extends Ctx, R, V, P>(
  ctx: C,
  operation: OperationKey,
  steps: Steps<C, R, V, P>,
  found = notFoundYet(steps),
  once?: Once<V>,
): Promise<Done<V>> {
  const { refusal, ...done } = await tellRefusal(
    ctx,
    operation,
    found,
    decideAndChange(ctx, operation, steps, found, once),
  );
  if (refusal) throw refusal;
  return done;
}

const notFoundYet = ({ id }: { id?: string | null }): Found => ({ target: { id: id ?? null, person: null } });

/** Writes the event of what was refused, and throws the refusal. */
async function tellRefusal<T>(ctx: Ctx, operation: OperationKey, found: Found, tried: Promise<T>): Promise<T> {
  return tried.catch(async (error: unknown) => {
    await recordRefusals(ctx, operation, [{ target: found.target, error }]);
    throw error;
  });
}

async function decideAndChange<C extends Ctx, R, V, P>(
  ctx: C,
  operation: OperationKey,
  steps: Steps<C, R, V, P>,
  found: Found,
  once?: Once<V>,
): Promise<Outcomes<V>> {
  refuseInView(ctx.actor);
  const first = steps.locksFirst;
  const only = async (decided: Decided<C, R, V>) => decided;
  const decided =
    steps.prepare &&
    (await withCommonLocks(ctx, first, (locked, tx) => decide({ ctx, tx, operation, steps, found, locked }, only)));
  if (decided?.already) return unchanged(decided);
  const prepared = await steps.prepare?.(ctx.dryRun);
  const use = (locked: CommonLocks, tx: Tx): Promise<Outcomes<V>> =>
    decide({ ctx, tx, operation, steps, found, locked }, (made) =>
      made.already ? unchanged(made) : change(ctx, operation, steps, made, prepared),
    );
  if (!once) return withCommonLocks(ctx, first, use);
  return withCommonLocks(ctx, first, async (locked, tx) => {
    await once.claim(tx);
    const done = await use(locked, tx);
    if (!done.refusal) await once.keep(tx, done.value);
    return done;
  });
}

async function change<C extends Ctx, R, V, P>(
  ctx: C,
  operation: OperationKey,
  steps: Steps<C, R, V, P>,
  decided: Decided<C, R, V>,
  prepared: P | undefined,
): Promise<Outcomes<V>> {
  const { work, target } = decided;
  const { session, ...outcomes } = await keepingAdministrators(work, target, () =>
    apply(ctx, operation, steps, decided, prepared),
  );
  await requireSessionToCommit(ctx, work.tx, session);
  return outcomes;
}
