import type { Tx } from "@/db/client";
import { decide, noRelation } from "@/lib/access/decide";
import { loadAccess } from "@/lib/access/load";
import { mayActOn } from "@/lib/access/power";
import { relate } from "@/lib/access/relation";
import type { Ctx, Reads } from "@/lib/context";
import { type OperationKey, operationOf } from "@/lib/operations";
import { mayNot, type Verdict, yes } from "@/lib/verdict";

type Someone = { id: string; name: string };

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
  { person, ownerId }: Matter,
): Promise<Record<K, Verdict>> {
  const { actor } = ctx;
  if (actor.kind !== "person") return verdictsOf(operations, (operation) => withoutPerson(ctx, operation));
  const relation =
    ownerId !== undefined
      ? { ...noRelation, self: person?.id === actor.id, ownedGroups: ownerId === actor.id }
      : person
        ? await relate(db, actor.id, person.id, ctx.now())
        : noRelation;
  const theirs =
    person && !relation.self && operations.some((operation) => operationOf(operation).personal)
      ? await loadAccess(db, person.id, ctx.now())
      : null;
  return verdictsOf(operations, (operation) => {
    const { scopes, sentence, personal } = operationOf(operation);
    if (scopes.length === 0) return yes;
    if (!decide(actor.access, operation, relation).allowed)
      return mayNot(
        person
          ? `You may not ${sentence.toLowerCase()} here: ${person.name} is outside your reach.`
          : `You may not ${sentence.toLowerCase()}.`,
      );
    return personal && theirs && person ? mayActOn(actor.access, theirs, person.name) : yes;
  });
}

function withoutPerson(ctx: Ctx, operation: OperationKey): Verdict {
  const { scopes, sentence } = operationOf(operation);
  if (scopes.length === 0 || ctx.actor.kind === "operator") return yes;
  return mayNot(`${sentence}: only a signed-in person may do this.`);
}

const verdictsOf = <K extends OperationKey>(operations: readonly K[], verdict: (operation: K) => Verdict) =>
  Object.fromEntries(operations.map((operation) => [operation, verdict(operation)])) as Record<K, Verdict>;
