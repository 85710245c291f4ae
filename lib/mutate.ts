import type { Tx } from "@/db/client";
import type { Grants } from "@/lib/access/grants";
import type { Ctx } from "@/lib/context";
import { type Change, enact, type Target } from "@/lib/kernel/run";
import type { GrantingOperation, OperationKey } from "@/lib/operations";
import type { Verdict } from "@/lib/verdict";

export type { Target };

type Spec<R, V, P> = {
  target: (tx: Tx) => Promise<Target<R>>;
  /** A value when the target is as the change would leave it: then nothing changes, and no event is written. */
  already?: (record: R) => { value: V } | null;
  /** What the state of the target allows, once the actor may do this at all. */
  rule?: (record: R) => Verdict;
  /** Costly work, such as hashing a password: done outside the transaction, and only once the decision has been a yes. */
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
/** A write that is not declared as a command yet (`lib/kernel/command.ts`): the same steps, through the same door. */
export async function mutate<R, V, P>(
  ctx: Ctx,
  operation: OperationKey,
  spec: Spec<R, V, P> | GrantingSpec<R, V, P>,
): Promise<V> {
  const { target, already, rule, prepare, change, id } = spec;
  const grants = "grants" in spec ? spec.grants : undefined;
  const done = await enact(ctx, operation, {
    target: ({ tx }) => target(tx),
    already,
    allowed: rule,
    grants: grants && (({ tx }, record) => grants(tx, record)),
    prepare,
    change: ({ tx }, record, prepared) => change(tx, record, prepared),
    id,
  });
  return done.value;
}
