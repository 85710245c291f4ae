import type { Tx } from "@/db/client";
import type { Access } from "@/lib/authz/access";
import { decide, noRelation, type Relation } from "@/lib/authz/decide";
import { loadAccess } from "@/lib/authz/load";
import { relate } from "@/lib/authz/relation";
import { type Bearing, type Someone, weigh } from "@/lib/authz/weigh";
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

/** The same with what the person holds at that moment, where R13 asked; null where it did not. */
export async function authorize(
  ctx: Ctx,
  tx: Tx,
  operation: OperationKey,
  matter: Matter,
): Promise<{ verdict: Verdict; theirs: Access | null }> {
  const bearing = await bearingOn(ctx, tx, [operation], matter);
  return { verdict: weigh(ctx.actor.access, operation, bearing).verdict, theirs: bearing.theirs };
}

/** The same as `judge` for several operations on one matter, with what it takes read once: what buttons ask. */
export async function judgeAll<K extends OperationKey>(
  ctx: Ctx,
  db: Reads | Tx,
  operations: readonly K[],
  matter: Matter,
): Promise<Record<K, Verdict>> {
  const bearing = await bearingOn(ctx, db, operations, matter);
  return verdictsOf(operations, (operation) => weigh(ctx.actor.access, operation, bearing).verdict);
}

/** As much of how the matter stands to the actor as changes a verdict: what is held for everyone asks for no relation. */
function bearingOn({ actor, now }: Ctx, db: Reads | Tx, operations: readonly OperationKey[], matter: Matter) {
  const actorId = actor.access.personId;
  const anyhow = operations.every((operation) => decide(actor.access, operation, noRelation).allowed);
  const relation = anyhow ? { ...noRelation, self: actorId !== null && actorId === matter.person?.id } : undefined;
  return bear(db, { actorId, operations, matter, at: now(), relation });
}

type Asked = {
  actorId: string | null;
  operations: readonly string[];
  matter: Matter;
  at: Date;
  /** Where it is known; else it is read. */
  relation?: Relation | undefined;
};

/** How this matter stands to that person at a moment: what weighing asks of the database. */
export async function bear(db: Reads | Tx, asked: Asked): Promise<Bearing> {
  const { actorId, matter, at } = asked;
  const { person } = matter;
  const relation =
    asked.relation ?? plainRelation(actorId, matter) ?? (await relate(db, actorId ?? "", person?.id ?? "", at));
  const theirs = person && asksAccess(asked, relation) ? await loadAccess(db, person.id, at) : null;
  return { relation, person, theirs };
}

/** The same by what has been read already. */
export function bearingFrom(
  asked: Pick<Asked, "actorId" | "operations" | "matter">,
  relationTo: (personId: string) => Relation,
  accessOf: (personId: string) => Access,
): Bearing {
  const { person } = asked.matter;
  const relation = plainRelation(asked.actorId, asked.matter) ?? relationTo(person?.id ?? "");
  return { relation, person, theirs: person && asksAccess(asked, relation) ? accessOf(person.id) : null };
}

/** R13 asks what somebody else holds, of what is done to a person. */
const asksAccess = ({ operations, matter }: Pick<Asked, "operations" | "matter">, { self }: Relation) =>
  matter.person !== null &&
  !self &&
  operations.some((operation) => isOperation(operation) && operationOf(operation).personal);

/**
 * What needs no look at the organisation; null for a person. Whoever acts as nobody stands in no relation to anybody, nor to
 * what has no owner.
 */
function plainRelation(actorId: string | null, { person, ownerId }: Matter): Relation | null {
  if (actorId === null) return noRelation;
  if (ownerId !== undefined) return { ...noRelation, self: person?.id === actorId, ownedGroups: ownerId === actorId };
  return person ? null : noRelation;
}

const verdictsOf = <K extends OperationKey>(operations: readonly K[], verdict: (operation: K) => Verdict) =>
  Object.fromEntries(operations.map((operation) => [operation, verdict(operation)])) as Record<K, Verdict>;
