import { type Access, type Holding, holdingsThatOpen } from "@/lib/authz/access";
import { decide, type Relation } from "@/lib/authz/decide";
import { beyond, mayActOn, sentenceOf, standingOf } from "@/lib/authz/power";
import { isOperation, type OperationKey, operationOf, takesEverything } from "@/lib/operations";
import { mayNot, type Verdict, yes } from "@/lib/verdict";

export type Someone = { id: string; name: string };

/** How the matter stands to whoever acts. `theirs` is what the person acted upon holds; null where R13 does not ask. */
export type Bearing = { relation: Relation; person: Someone | null; theirs: Access | null };

/**
 * A decision with all that it rests on. `paths` reach the matter; `held` is every holding that opens the operation,
 * also those that do not reach; `more` is what R13 finds in the way.
 */
export type Weighed = { verdict: Verdict; paths: Holding[]; held: Holding[]; more: Holding[] };

/**
 * The one function of enforcement and explanation (R7): scope first, then R13. The product's own operations are weighed
 * like ours, on nobody in particular.
 */
export function weigh(access: Access, operation: string, { relation, person, theirs }: Bearing): Weighed {
  const known = isOperation(operation) ? operationOf(operation) : null;
  if (known?.scopes.length === 0) return proved(access, known.personal === true, person, theirs);
  const held = holdingsThatOpen(access, operation);
  const decision = decide(access, operation as OperationKey, relation);
  if (!decision.allowed) return { verdict: whyNot(access, operation, person, held), paths: [], held, more: [] };
  const asks = known?.personal && theirs && person;
  return {
    verdict: asks ? mayActOn(access, theirs, person.name) : yes,
    paths: decision.paths,
    held,
    more: asks && access.personId !== theirs.personId ? beyond(standingOf(access), theirs) : [],
  };
}

/** What its own proof opens is within everybody's reach; R13 holds as for everything that is done to a person. */
function proved(access: Access, personal: boolean, person: Someone | null, theirs: Access | null): Weighed {
  const verdict = personal && theirs && person ? mayActOn(access, theirs, person.name) : yes;
  return { verdict, paths: [], held: [], more: verdict.ok || !theirs ? [] : beyond(standingOf(access), theirs) };
}

/** What no role gives at all is told apart from what does not reach this person. */
function whyNot(access: Access, operation: string, person: Someone | null, held: Holding[]): Verdict {
  const sentence = sentenceOf(operation);
  if (takesEverything(operation)) return mayNot(`Only somebody who holds everything, without an end, may ${sentence}.`);
  if (!person) return mayNot(`You may not ${sentence}.`);
  if (held.length > 0) return mayNot(`You may not ${sentence} here: ${person.name} is outside your reach.`);
  const byRoles = access.personId !== null && access.limit === undefined;
  return mayNot(byRoles ? `None of your roles lets you ${sentence}.` : `You may not ${sentence}.`);
}
