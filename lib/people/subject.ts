import { isEnded, statusAt } from "@/lib/authz/account-status";
import type { Decision } from "@/lib/authz/decision";
import type { Work } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import type { Kept } from "@/lib/people/keeper";
import { type Subject, type UserOperation, userRules } from "@/lib/people/policy";
import type { UserRow } from "@/lib/people/scoped";

/** A person as the rules see them at a moment; without their provider where the rule does not ask for it. */
export const subjectOf = (person: UserRow & Partial<Kept>, at: Date): Subject => ({
  id: person.id,
  name: fullName(person),
  status: statusAt(person, at),
  storedStatus: person.status,
  ended: isEnded(person, at),
  keeper: person.keeper ?? null,
});

/** What the state of a person allows, as a command's `allowed`. */
export const stateAllows =
  (operation: UserOperation) =>
  (person: UserRow & Partial<Kept>, _: unknown, { ctx }: Work): Decision =>
    userRules[operation](ctx.actor.access.personId, subjectOf(person, ctx.now()));
