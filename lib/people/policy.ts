import type { ShownStatus } from "@/db/enums";
import { isInForce } from "@/lib/authz/account-status";
import { type Decision, notNow, yes } from "@/lib/authz/decision";
import type { OperationKey } from "@/lib/operations";
import { keptPasswordReason } from "@/lib/people/kept-fields";

/** What the state of a person allows, for any actor: the rules of U10 and U16 as a table. */
export type Subject = {
  id: string;
  name: string;
  status: ShownStatus;
  storedStatus: string;
  ended: boolean;
  /** The provider that keeps the password (I4). */
  keeper: { name: string } | null;
};

export const userOperations = [
  "user.update",
  "user.disable",
  "user.enable",
  "user.unlock",
  "user.archive",
  "user.restore",
  "user.purge",
  "invitation.send",
  "invitation.revoke",
  "password.reset",
  "factor.reset",
  "identity.prepare",
  "token.issue",
  "user.view_as",
] as const satisfies OperationKey[];

export type UserOperation = (typeof userOperations)[number];

type Rule = (actorId: string | null, person: Subject) => Decision;

const stateOf = (person: Subject) => `${person.name} is ${person.ended ? "without access" : person.status}.`;
const isArchived = (person: Subject) => person.status === "archived";

export const userRules: Record<UserOperation, Rule> = {
  "user.update": (_, person) =>
    isArchived(person) ? notNow(`${person.name} is archived. Restore the user first.`) : yes,
  "user.disable": (actorId, person) => {
    if (actorId === person.id) return notNow("You cannot disable yourself.");
    if (isArchived(person)) return notNow(`${person.name} is archived.`);
    if (person.status === "disabled" && !person.ended) return notNow(`${person.name} is already disabled.`);
    return yes;
  },
  "user.enable": (_, person) => {
    if (isArchived(person)) return notNow(`${person.name} is archived. Restore the user instead.`);
    if (person.status !== "disabled") return notNow(`${person.name} is not disabled.`);
    if (person.storedStatus !== "disabled")
      return notNow(`The access of ${person.name} has ended. Change its end under "User Details".`);
    return yes;
  },
  "user.unlock": (_, person) => (person.status === "locked" ? yes : notNow(`${person.name} is not locked.`)),
  "user.archive": (actorId, person) => {
    if (actorId === person.id) return notNow("You cannot remove yourself.");
    return isArchived(person) ? notNow(`${person.name} is already archived.`) : yes;
  },
  "user.restore": (_, person) => (isArchived(person) ? yes : notNow(`${person.name} is not archived.`)),
  "user.purge": (_, person) =>
    isArchived(person) ? yes : notNow(`Only archived users can be purged. Remove ${person.name} first.`),
  "invitation.send": (_, person) =>
    person.status === "invited" ? yes : notNow(`Only invited users are sent an invitation. ${stateOf(person)}`),
  "invitation.revoke": (_, person) =>
    isArchived(person) ? notNow(`${person.name} is archived. Links no longer work.`) : yes,
  "password.reset": (actorId, person) => {
    if (actorId === person.id) return notNow('Change your own password under "My profile".');
    if (isArchived(person)) return notNow(`${person.name} is archived. Restore the user first.`);
    if (person.keeper) return notNow(keptPasswordReason(person.name, person.keeper));
    if (person.status === "disabled") return notNow(stateOf(person));
    return yes;
  },
  "factor.reset": (actorId, person) => {
    if (actorId === person.id) return notNow('Remove your own second factors under "My profile".');
    return isArchived(person) ? notNow(`${person.name} is archived. Restore the user first.`) : yes;
  },
  "identity.prepare": (actorId, person) => {
    if (actorId === person.id) return notNow('Link your own account under "My profile".');
    if (isArchived(person)) return notNow(`${person.name} is archived. Restore the user first.`);
    if (person.status === "disabled") return notNow(stateOf(person));
    return yes;
  },
  "token.issue": (actorId, person) => {
    if (actorId === person.id) return notNow('Create your own tokens under "My profile".');
    if (isArchived(person)) return notNow(`${person.name} is archived. Restore the user first.`);
    if (person.status === "disabled") return notNow(stateOf(person));
    if (person.status === "invited") return notNow(`${person.name} has not signed in yet.`);
    return yes;
  },
  "user.view_as": (actorId, person) => {
    if (actorId === person.id) return notNow("You see the console as yourself already.");
    if (person.status === "invited") return notNow(`${person.name} has not signed in yet.`);
    return isInForce(person.status) ? yes : notNow(stateOf(person));
  },
};
