import { newId } from "@/db/columns";
import { announceEvent } from "@/lib/audit/raise";
import { recordEvent } from "@/lib/audit/record";
import { reasonInLog } from "@/lib/audit/words";
import { someAdministrators } from "@/lib/authz/administrators";
import { guardGained } from "@/lib/authz/guards";
import { loadAccess } from "@/lib/authz/load";
import { noAccess } from "@/lib/authz/model";
import type { Ctx } from "@/lib/context";
import { type AppError, precondition } from "@/lib/errors";
import type { Decided } from "@/lib/kernel/decide";
import { targetKindOf } from "@/lib/kernel/operation";
import type { Change, Done, Named, Steps, Work } from "@/lib/kernel/steps";
import type { OperationKey } from "@/lib/operations";

/** `refusal`: thrown once it is committed. */
export type Outcomes<V> = Done<V> & { refusal?: AppError };

/** U15: where the lock of the administrators is held, some of them are left afterwards, or it throws. */
export async function keepingAdministrators<T>(
  { tx, now, locked }: Pick<Work, "tx" | "now" | "locked">,
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
  { work, target, theirs, touches }: Decided<C, R, V>,
  prepared: P | undefined,
): Promise<Outcomes<V> & Pick<Change<V>, "session">> {
  const { tx, now } = work;
  const id = newId();
  announceEvent(tx, id);
  const personId = touches ? target.person?.id : undefined;
  const held = personId ? (theirs ?? (await loadAccess(tx, personId, now))) : null;

  const { value, refusal, session, ...made } = await steps.change(work, target.record, prepared);
  if (personId && held) guardGained(work.ctx, held, await loadAccess(tx, personId, now));
  // A person who was just created held nothing: what comes with everything (R15) is in no role that was asked about.
  else if (touches && made.personId) guardGained(work.ctx, noAccess, await loadAccess(tx, made.personId, now));
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
      kind: target.kind ?? targetKindOf(operation),
      id: made.id ?? target.id,
      personId: made.personId ?? target.person?.id ?? null,
    },
    named: refusal?.named,
    ...told,
  });
  return { value, refusal, session, ...told };
}

export const unchanged = <V>({
  target,
  already,
}: Decided<Ctx, unknown, V> & { already: { value: V } | null }): Done<V> => ({
  value: (already as { value: V }).value,
  before: target.trace,
  after: null,
  facts: { ...target.facts },
  already: true,
});

export const lastAdministrator = (target: Named) =>
  precondition(
    `${target.person?.name ?? "This person"} is the last active administrator. Make somebody else an administrator first.`,
  );
