import type { Db, Reader, Tx } from "@/db/client";
import type { Actor, Person } from "@/lib/authz/principal";
import { refuseInView } from "@/lib/authz/viewing";

/** What may be asked outside a change: the way to a transaction is not on it. */
export type Reads = Reader;

export type { Actor, Person };

/** Where a request came from, as the audit log keeps it. */
export type Source = { address: string | null; agent: string | null; requestId: string | null };

/** Who acts, from where, on which data, at what moment. Made at the edge, passed down, never read from cookies below it. */
export type Ctx<A extends Actor = Actor> = {
  db: Reads;
  actor: A;
  source: Source;
  now: () => Date;
  /** Whatever is done is rolled back (lib/kernel/dry-run.ts). */
  dryRun: boolean;
};

export type Transactions = Pick<Db | Tx, "transaction" | "insert" | "update" | "delete">;
const doors = new WeakMap<Reads, Transactions>();

export const noSource: Source = { address: null, agent: null, requestId: null };

export function createContext<A extends Actor>(
  db: Db | Tx,
  actor: A,
  {
    source = noSource,
    now = () => new Date(),
    dryRun = false,
  }: { source?: Source; now?: () => Date; dryRun?: boolean } = {},
): Ctx<A> {
  const reads = db as unknown as Reads;
  doors.set(reads, db);
  return { db: reads, actor, source, now, dryRun };
}

/**
 * The way to a write; a single statement needs no transaction around it. For `run` and its dry run, which always rolls back, for the counting of attempts and unknown proofs, and for the
 * challenges of passkeys; nothing else. Throws `precondition` in a view as somebody.
 */
export function transactionsOf(ctx: Ctx): Transactions {
  refuseInView(ctx.actor);
  return refusalDoorOf(ctx);
}

/** The same for the events of refusals alone, which also record what was tried in a view. */
export function refusalDoorOf(ctx: Ctx): Transactions {
  const door = doors.get(ctx.db);
  if (!door) throw new Error("This context was not made by createContext");
  return door;
}
