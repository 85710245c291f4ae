import type { Tx } from "@/db/client";
import { noRelation } from "@/lib/access/decide";
import { loadAccess } from "@/lib/access/load";
import { relate } from "@/lib/access/relation";
import { type Bearing, type Someone, weigh } from "@/lib/access/weigh";
import type { Ctx, Reads } from "@/lib/context";
import { isOperation, type OperationKey, operationOf } from "@/lib/operations";
import { mayNot, type Verdict } from "@/lib/verdict";

/** What an operation is used on: a person, a thing that somebody owns, both (a member of a group), or nothing in particular. */
export type Matter = { person: Someone | null; ownerId?: string | null };

/** May the actor do this, to this matter: scope first, then R13. */
export async function judge(ctx: Ctx, db: Reads | Tx, operation: OperationKey, matter: Matter): Promise<Verdict> {
  const verdicts = await judgeAll(ctx, db, [operation], matter);
  return verdicts[operation] ?? mayNot("This cannot be decided.");
}

/** The same for several operations on one matter, with what it takes read once: what buttons ask. */
export async function judgeAll<K extends OperationKey>(
  ctx: Ctx,
  db: Reads | Tx,
  operations: readonly K[],
  matter: Matter,
): Promise<Record<K, Verdict>> {
  const { actor } = ctx;
  const bearing = await bear(db, { actorId: actor.access.personId, operations, matter, at: ctx.now() });
  return verdictsOf(operations, (operation) => weigh(actor.access, operation, bearing).verdict);
}

type Asked = { actorId: string | null; operations: readonly string[]; matter: Matter; at: Date };

/** How this matter stands to that person at a moment: what weighing asks of the database. */
export async function bear(db: Reads | Tx, { actorId, operations, matter, at }: Asked): Promise<Bearing> {
  const { person } = matter;
  const relation = await relationTo(db, actorId, matter, at);
  const personal = operations.some((operation) => isOperation(operation) && operationOf(operation).personal);
  const theirs = person && !relation.self && personal ? await loadAccess(db, person.id, at) : null;
  return { relation, person, theirs };
}

/** Whoever acts as nobody stands in no relation to anybody, nor to what has no owner. */
async function relationTo(db: Reads | Tx, actorId: string | null, { person, ownerId }: Matter, at: Date) {
  if (actorId === null) return noRelation;
  if (ownerId !== undefined) return { ...noRelation, self: person?.id === actorId, ownedGroups: ownerId === actorId };
  return person ? relate(db, actorId, person.id, at) : noRelation;
}

const verdictsOf = <K extends OperationKey>(operations: readonly K[], verdict: (operation: K) => Verdict) =>
  Object.fromEntries(operations.map((operation) => [operation, verdict(operation)])) as Record<K, Verdict>;
