import type { z } from "zod";
import type { Tx } from "@/db/client";
import { administersForEver, requireAdministrationKept, someAdministrators } from "@/lib/authz/administrators";
import { answerOf, type Decision, yes } from "@/lib/authz/decision";
import { guardGained } from "@/lib/authz/guards";
import { loadAccess } from "@/lib/authz/load";
import type { Access } from "@/lib/authz/model";
import { type Ctx, createContext, type Reads } from "@/lib/context";
import { lastAdministrator } from "@/lib/kernel/apply";
import type { AnyCommand } from "@/lib/kernel/command";
import { commonLocks } from "@/lib/kernel/common-locks";
import { decide } from "@/lib/kernel/decide";
import type { Target, Work } from "@/lib/kernel/steps";

/**
 * Whether the actor may use a command with this input now, and if not, what it would answer: the deciding half of `run`, on
 * reads alone, so that a page can ask. Nothing is locked, written, counted or logged, and no proof of who one is is asked
 * for: that is asked when it is done (S8). What `before` and `change` refuse is not foreseen. `after`: what the person whom
 * it concerns would hold once it is done; without it, what it would activate or end is not checked.
 */
export async function mayRun<K extends AnyCommand>(
  ctx: Ctx,
  command: K,
  input: z.output<K["input"]>,
  { after = null }: { after?: Access | null } = {},
): Promise<Decision> {
  try {
    await ask(ctx, command, input, after);
    return yes;
  } catch (error) {
    return answerOf(error);
  }
}

/** The same as what an action asks: whether it may be used, without the reason. */
export const asks =
  <K extends AnyCommand>(command: K) =>
  async (ctx: Ctx, input: z.output<K["input"]>): Promise<boolean> =>
    (await mayRun(ctx, command, input)).ok;

async function ask(ctx: Ctx, { operation, steps }: AnyCommand, input: unknown, after: Access | null): Promise<void> {
  const tx = readerOf(ctx.db);
  const asking = createContext(tx, { ...ctx.actor, sessionId: null }, { source: ctx.source, now: ctx.now });
  const used = steps(input);
  const nothing = { target: { id: null, person: null } };
  const { work, target, already } = await decide(
    { ctx: asking, tx, operation: operation.key, steps: used, found: nothing, locked: new Set(commonLocks) },
    (decided) => decided,
  );
  if (already || !after) return;
  const person = { id: after.personId, held: await loadAccess(tx, after.personId ?? "", work.now) };
  if (target.person?.id !== person.id) throw new Error("What somebody else would hold says nothing about this");
  if (person.id === work.ctx.actor.access.personId) requireAdministrationKept(person.held, after);
  if (used.grants) guardGained(work.ctx, person.held, after);
  if (operation.administrators) await requireAdministrator(work, target, person.held, after);
}

/** U15, of a person who would be an administrator no longer. */
async function requireAdministrator({ tx, now }: Work, target: Target<unknown>, held: Access, after: Access) {
  if (!administersForEver(held) || administersForEver(after)) return;
  const administrators = await someAdministrators(tx, now);
  if (administrators.length === 1 && administrators[0] === held.personId) throw lastAdministrator(target);
}

/** What steps take for a transaction, and what can neither write nor lock: see lib/kernel/lock.ts. */
function readerOf(db: Reads): Tx {
  const reader: Reads = {
    select: db.select.bind(db),
    selectDistinct: db.selectDistinct.bind(db),
    selectDistinctOn: db.selectDistinctOn.bind(db),
    $count: db.$count.bind(db),
    $with: db.$with.bind(db),
    with: db.with.bind(db),
  };
  return reader as Tx;
}
