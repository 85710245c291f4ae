import { setImmediate } from "node:timers/promises";
import type { z } from "zod";
import { requireSessionToCommit } from "@/lib/auth/require-session";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { apply, keepingAdministrators, unchanged } from "@/lib/kernel/apply";
import type { Command } from "@/lib/kernel/command";
import { LocksMissing, withCommonLocks } from "@/lib/kernel/common-locks";
import { type Decided, decide, isEligible } from "@/lib/kernel/decide";
import { recordRefusals } from "@/lib/kernel/refusal";
import { runSteps } from "@/lib/kernel/run";
import type { Found, Steps } from "@/lib/kernel/steps";
import { type OperationKey, operationOf } from "@/lib/operations";
import { sharing } from "@/lib/platform/together";
import { unavailableOf } from "@/lib/platform/unavailable";

/** What became of one input. */
export type Settled<V> = { ok: true; value: V } | { ok: false; error: unknown };

type Item<C extends Ctx, V> = { steps: Steps<C, unknown, V, unknown>; error: unknown };

/** So many inputs share a transaction at most. */
const most = 1_000;

/** So many of them are read, decided and changed side by side: PostgreSQL works on those while the process works on the next. */
const usualWave = 250;

/**
 * Uses a command on many inputs, in their order, and gives what became of each: what `run` on one after another gives, with
 * the same events. Those that cannot affect each other share one transaction, in which the principal is read once and
 * the functions made by `together` ask for all of them at once; the others run alone. A refusal undoes only its own input. `wave`: how
 * many are decided and changed side by side.
 */
export async function runAll<S extends z.ZodType, V, C extends Ctx>(
  ctx: C,
  command: Command<S, V, C>,
  inputs: z.output<S>[],
  wave = usualWave,
): Promise<Settled<V>[]> {
  const operation = command.operation.key;
  const items = await Promise.all(inputs.map((input) => itemOf(ctx, command, input)));
  const settled: Settled<V>[] = [];
  let size = most;
  while (settled.length < items.length) {
    const next = items.slice(settled.length, settled.length + size);
    const shared = next.length > 1 && mayShare(operation, next) ? await share(ctx, operation, next, wave) : [];
    if (shared === null) {
      size = Math.ceil(next.length / 2);
      continue;
    }
    settled.push(...shared);
    const alone = next[shared.length];
    if (alone) settled.push(await settleAlone(ctx, operation, alone));
    size = Math.min(most, alone ? 2 * Math.max(1, shared.length) : 2 * size);
  }
  return settled;
}

async function itemOf<S extends z.ZodType, V, C extends Ctx>(ctx: C, command: Command<S, V, C>, input: z.output<S>) {
  const steps = command.steps(input);
  const begun = isEligible(ctx, steps) ? command.before(ctx, input) : Promise.resolve();
  const error = await begun.then(
    () => null,
    (refused: unknown) => refused,
  );
  return { steps, error };
}

async function settleAlone<C extends Ctx, V>(
  ctx: C,
  operation: OperationKey,
  { steps, error }: Item<C, V>,
): Promise<Settled<V>> {
  if (error) return { ok: false, error };
  try {
    return { ok: true, value: (await runSteps(ctx, operation, steps)).value };
  } catch (refused) {
    return { ok: false, error: refused };
  }
}

/** Thrown to undo what is shared: some of it has to be tried without the rest. */
class Undone extends Error {}

type Ruling<C extends Ctx, V> = {
  item: Item<C, V>;
  found: Found;
  decided: Decided<C, unknown, V> | null;
  error: unknown;
};

/** A proof of who one is is asked for each time, and costly work is done between two decisions. */
const mayShare = (operation: OperationKey, [first]: Item<Ctx, unknown>[]) =>
  !operationOf(operation).stepUp && !first?.steps.prepare;

/**
 * Settles items from the first to the last before one that has to run alone. Null: something went wrong that may be the
 * matter of any of them, and nothing was done.
 */
async function share<C extends Ctx, V>(
  ctx: C,
  operation: OperationKey,
  items: Item<C, V>[],
  wave: number,
): Promise<Settled<V>[] | null> {
  const [first] = items as [Item<C, V>];
  let refused: Ruling<C, V>[] = [];
  try {
    const settled = await withCommonLocks(ctx, first.steps.locksFirst, async (locked, tx) => {
      const access = await ctx.actor.renew(tx, ctx.now());
      const inside = { ...ctx, actor: { ...ctx.actor, access, renew: async () => access } };
      const view = sharing(tx, wave);
      const decideOn = async (item: Item<C, V>): Promise<Ruling<C, V>> => {
        const { steps } = item;
        const found: Found = { target: { id: steps.id ?? null, person: null } };
        if (item.error) return { item, found, decided: null, error: item.error };
        try {
          const deciding = { ctx: inside, tx: view(), operation, steps, found, locked };
          return { item, found, decided: await decide(deciding, (decided) => decided), error: null };
        } catch (error) {
          return { item, found, decided: null, error };
        }
      };
      const anybody = { id: null, person: null };
      return keepingAdministrators({ tx, now: ctx.now(), locked }, anybody, async () => {
        const { rulings, settled } = await changeInWaves(inside, wave, items.map(decideOn), (ruling) =>
          changeOne(ctx, operation, ruling),
        );
        refused = rulings.filter(({ item, decided }) => !decided && !item.error);
        if (settled.length > 0) await requireSessionToCommit(ctx, tx);
        return settled;
      });
    });
    await recordRefusals(
      ctx,
      operation,
      refused.map(({ found, error }) => ({ target: found.target, error })),
    );
    return settled;
  } catch (error) {
    // Perhaps it was committed, so it is not tried again.
    return unavailableOf(error) ? items.map(() => ({ ok: false, error })) : null;
  }
}

/** Those who are made alike take the same common locks, so all begin again with what the first one lacks. */
function beginAgain<C extends Ctx, V>([first]: Ruling<C, V>[]): void {
  if (first?.found.target.fresh && first.error instanceof LocksMissing) throw first.error;
}

/**
 * Asked of one after another, whether it has to run alone: one that gives somebody something, or is about the actor, about nobody, or about
 * somebody of an earlier one, could change what is decided about the others; what makes somebody new, about those who ask for the same keys.
 */
function runningAlone<C extends Ctx, V>({ actor }: Ctx): (ruling: Ruling<C, V>) => boolean {
  const people = new Set([actor.access.personId]);
  const wanted = new Set<string>();
  return ({ item, found, decided, error }) => {
    if (item.steps.prepare) return true;
    const { fresh } = found.target;
    if (fresh) {
      const meets = fresh.some((key) => wanted.has(key));
      for (const key of fresh) wanted.add(key);
      return meets || (!decided && !(error instanceof AppError));
    }
    const id = found.target.person?.id ?? null;
    if (!decided) return !(error instanceof AppError) || namesOthers(error) || (id !== null && people.has(id));
    if (decided.gives || id === null || people.has(id)) return true;
    people.add(id);
    return false;
  };
}

/** Whose names an earlier item may change. */
const namesOthers = ({ named = [], details }: AppError) => named.length > 0 || details !== undefined;

/** Changes each wave as soon as it is decided, up to the first that has to run alone. What they lock is locked by then. */
async function changeInWaves<C extends Ctx, V>(
  ctx: Ctx,
  wave: number,
  deciding: Promise<Ruling<C, V>>[],
  changeOne: (ruling: Ruling<C, V>) => Promise<Settled<V>>,
): Promise<{ rulings: Ruling<C, V>[]; settled: Settled<V>[] }> {
  const runsAlone = runningAlone<C, V>(ctx);
  const rulings: Ruling<C, V>[] = [];
  const begun: Promise<PromiseSettledResult<Settled<V>>[]>[] = [];
  try {
    for (let alone = -1; alone < 0 && rulings.length < deciding.length; ) {
      if (rulings.length > 0) await setImmediate();
      const decided = await Promise.all(deciding.slice(rulings.length, rulings.length + wave));
      if (rulings.length === 0) beginAgain(decided);
      alone = decided.findIndex(runsAlone);
      const next = alone < 0 ? decided : decided.slice(0, alone);
      rulings.push(...next);
      begun.push(Promise.allSettled(next.map(changeOne)));
    }
  } finally {
    await Promise.all(deciding);
  }
  const settled = (await Promise.all(begun)).flat().map((one) => {
    if (one.status === "fulfilled") return one.value;
    throw unavailableOf(one.reason) ? one.reason : new Undone();
  });
  return { rulings, settled };
}

async function changeOne<C extends Ctx, V>(
  ctx: C,
  operation: OperationKey,
  { item, decided, error }: Ruling<C, V>,
): Promise<Settled<V>> {
  if (!decided) return { ok: false, error };
  if (decided.already) return { ok: true, value: unchanged(decided).value };
  const { value, refusal, session } = await apply(ctx, operation, item.steps, decided, undefined);
  if (session !== undefined) throw new Undone("A change of the actor's own session runs alone");
  return refusal ? { ok: false, error: refusal } : { ok: true, value };
}
