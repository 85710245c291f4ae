import { eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import { type Standing, statusAt } from "@/lib/authz/account-status";
import { type Decision, mayNot } from "@/lib/authz/decision";
import {
  beyond,
  decideByScope,
  evaluate,
  noRelation,
  type Relation,
  type Someone,
  standingOf,
  type TargetRelation,
} from "@/lib/authz/evaluate";
import { loadAccess, profilesOf } from "@/lib/authz/load";
import { type Access, holdsEverything } from "@/lib/authz/model";
import { relate } from "@/lib/authz/relation";
import type { Ctx, Reads } from "@/lib/context";
import { isOperation, type OperationKey, operationOf } from "@/lib/operations";

/** What an operation is used on: a person, a thing that somebody owns, both (a member of a group), or nothing in particular. */
export type AccessTarget = { person: Someone | null; ownerId?: string | null };

/** May the actor do this, to this target: scope first, then R13. */
export async function authorize(
  ctx: Ctx,
  db: Reads | Tx,
  operation: OperationKey,
  target: AccessTarget,
): Promise<Decision> {
  const decisions = await authorizeAll(ctx, db, [operation], target);
  return decisions[operation] ?? mayNot("This cannot be decided.");
}

/** The same with what the person holds at that moment, where R13 asked; null where it did not. */
export async function authorizeTarget(
  ctx: Ctx,
  tx: Tx,
  operation: OperationKey,
  target: AccessTarget,
): Promise<{ decision: Decision; theirs: Access | null }> {
  const related = await relatedBy(ctx, tx, [operation], target);
  return { decision: evaluate(ctx.actor.access, operation, related).decision, theirs: related.theirs };
}

/**
 * The same as `authorize` for several operations on one target, with what it takes read once: what buttons ask. `accessOfTarget`: what the
 * person holds, where the caller reads it as well.
 */
export async function authorizeAll<K extends OperationKey>(
  ctx: Ctx,
  db: Reads | Tx,
  operations: readonly K[],
  target: AccessTarget,
  accessOfTarget?: () => Promise<Access>,
): Promise<Record<K, Decision>> {
  const related = await relatedBy(ctx, db, operations, target, accessOfTarget);
  return decisionsOf(operations, (operation) => evaluate(ctx.actor.access, operation, related).decision);
}

/** As much of how the target relates to the actor as affects a decision: what is held for everyone needs no relation. */
function relatedBy(
  { actor, now }: Ctx,
  db: Reads | Tx,
  operations: readonly OperationKey[],
  target: AccessTarget,
  accessOfTarget?: () => Promise<Access>,
) {
  const actorId = actor.access.personId;
  const anyhow = operations.every((operation) => decideByScope(actor.access, operation, noRelation).allowed);
  const relation = anyhow ? { ...noRelation, self: actorId !== null && actorId === target.person?.id } : undefined;
  const everything = holdsEverything(standingOf(actor.access));
  return relateTarget(db, { actorId, operations, target, at: now(), relation, everything, accessOfTarget });
}

type Asked = {
  actorId: string | null;
  operations: readonly string[];
  target: AccessTarget;
  at: Date;
  /** Where it is known; else it is read. */
  relation?: Relation | undefined;
  accessOfTarget?: (() => Promise<Access>) | undefined;
  /** Whether the actor holds everything: then R13 compares nothing, since nobody holds more. */
  everything?: boolean;
};

/** How this target relates to that person at a moment: what evaluating reads from the database. */
export async function relateTarget(db: Reads | Tx, asked: Asked): Promise<TargetRelation> {
  const { actorId, target, at } = asked;
  const { person } = target;
  const relation =
    asked.relation ?? plainRelation(actorId, target) ?? (await relate(db, actorId ?? "", person?.id ?? "", at));
  const load = asked.accessOfTarget ?? (() => loadAccess(db, person?.id ?? "", at));
  const theirs = asksAccess(asked, relation) ? await load() : null;
  return { relation, person, theirs };
}

/** The same by what has been read already. */
export function targetRelationFrom(
  asked: Pick<Asked, "actorId" | "operations" | "target">,
  relationTo: (personId: string) => Relation,
  accessOf: (personId: string) => Access,
): TargetRelation {
  const { person } = asked.target;
  const relation = plainRelation(asked.actorId, asked.target) ?? relationTo(person?.id ?? "");
  return { relation, person, theirs: person && asksAccess(asked, relation) ? accessOf(person.id) : null };
}

/** R13 asks what somebody else holds, of what is done to a person. */
const asksAccess = (
  { operations, target, everything }: Pick<Asked, "operations" | "target" | "everything">,
  { self }: Relation,
) =>
  target.person !== null &&
  !everything &&
  !self &&
  operations.some((operation) => isOperation(operation) && operationOf(operation).personal);

/**
 * What needs no look at the organisation; null for a person. An anonymous actor has no relation to anybody, or to
 * what has no owner.
 */
function plainRelation(actorId: string | null, { person, ownerId }: AccessTarget): Relation | null {
  if (actorId === null) return noRelation;
  if (ownerId !== undefined) return { ...noRelation, self: person?.id === actorId, ownedGroups: ownerId === actorId };
  return person ? null : noRelation;
}

const decisionsOf = <K extends OperationKey>(operations: readonly K[], decision: (operation: K) => Decision) =>
  Object.fromEntries(operations.map((operation) => [operation, decision(operation)])) as Record<K, Decision>;

/**
 * Whether a link, token or password that `makerId` made for a person still counts at this moment (R15): the maker is active
 * and could act on them now (R13). Without a maker, the server's owner or the person made it.
 */
export async function makerStillMay(
  db: Reads | Tx,
  { makerId, personId, at }: { makerId: string | null; personId: string; at: Date },
): Promise<boolean> {
  if (makerId === null || makerId === personId) return true;
  const [maker] = await db.select().from(users).where(eq(users.id, makerId));
  if (!maker || !isActive(maker, at)) return false;
  const [makers, theirs] = [await loadAccess(db, makerId, at), await loadAccess(db, personId, at)];
  return beyond(makers, theirs).length === 0;
}

const isActive = (maker: Standing, at: Date) => ["active", "locked"].includes(statusAt(maker, at));

type Made = { makerId: string; personId: string };

/** Those whose maker may no longer act on them, as `makerStillMay` says of each, in two looks for all. */
export async function outgrownOf<T extends Made>(db: Reads | Tx, made: T[], at: Date): Promise<T[]> {
  if (made.length === 0) return [];
  const ids = [...new Set(made.flatMap(({ makerId, personId }) => [makerId, personId]))];
  const rows = new Map((await db.select().from(users).where(inArray(users.id, ids))).map((row) => [row.id, row]));
  const profiles = await profilesOf(db, ids, at);
  const accessOf = (id: string) => ({
    ...profiles.access(profiles.of.get(id) ?? ""),
    personId: id,
    endsAt: rows.get(id)?.accessEndsAt ?? null,
  });
  return made.filter(({ makerId, personId }) => {
    if (makerId === personId) return false;
    const maker = rows.get(makerId);
    return !maker || !isActive(maker, at) || beyond(accessOf(makerId), accessOf(personId)).length > 0;
  });
}
