import type { Tx } from "@/db/client";
import type { Outcome, TargetKind } from "@/db/enums";
import type { Trace } from "@/lib/audit/record";
import type { Decision } from "@/lib/authz/decision";
import type { Grants } from "@/lib/authz/grants";
import type { Ctx } from "@/lib/context";
import type { AppError } from "@/lib/errors";
import type { CommonLock, CommonLocks } from "@/lib/kernel/common-locks";

/** On what an operation is used, as it was found and locked. */
export type Target<R> = {
  id: string | null;
  /** What it is, where that is another noun than the operation's. */
  kind?: TargetKind;
  /** The person whom the change concerns: the target itself, or the owner of the thing. */
  person: { id: string; name: string } | null;
  /** Whose thing it is, for things that have an owner: what `owned_groups` reaches. */
  ownerId?: string | null;
  record: R;
  /** Auditable fields before the change; null for a creation. */
  trace: Trace | null;
  /** What the event's sentence calls the thing, also when the change is refused. */
  facts?: Trace;
  /**
   * Of somebody new, the keys that nobody else may have: of many who are made alike, only those who ask for the same one affect each other.
   */
  fresh?: string[];
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

/**
 * What every step is given: the transaction, a context that reads in it with the actor's access as it is now, the moment, and
 * the common locks that are held.
 */
export type Work<C extends Ctx = Ctx> = { ctx: C; tx: Tx; now: Date; locked: CommonLocks };

/** The steps of one use of a command, in the order in which they run, with its input bound. */
export type Steps<C extends Ctx, R, V, P> = {
  /** Refused to everyone but signed-in people. */
  person?: boolean;
  target(work: Work<C>): Promise<Target<R>>;
  /** The common locks that it takes before all this. */
  locksFirst: CommonLock[];
  /** Those that the target then asks for. */
  locks?(record: R, work: Work<C>): CommonLock[];
  /** A value when the target is as the command would leave it: then nothing changes, and no event is written. */
  already?(record: R, work: Work<C>): { value: V } | null;
  allowed?(record: R, work: Work<C>): Decision;
  grants?(work: Work<C>, record: R): Promise<Grants | null> | Grants | null;
  check?(work: Work<C>, record: R): Promise<void> | void;
  /** A dry run keeps nothing, so it is marked and may leave the costly part out. */
  prepare?: ((dryRun: boolean) => Promise<P>) | undefined;
  change(work: Work<C>, record: R, prepared: P | undefined): Promise<Change<V>>;
  /** What a refusal's event names when the target was not even found. */
  id?: string | null;
};

/** What a change gives, or would give, and what its event says of it. */
export type Done<V> = {
  value: V;
  before: Trace | null;
  after: Trace | null;
  facts: Trace;
  /** It was so before, so nothing was done. */
  already?: true;
};

/** What an event records about a target. */
export type Named = Pick<Target<unknown>, "id" | "kind" | "person" | "facts" | "fresh">;
/** What a refusal names: the target, as soon as it was found. */
export type Found = { target: Named };
