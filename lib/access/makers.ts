import type { AskedPerson } from "@/lib/access/asked";
import type { CarryingGroup, GroupAsked, Proposal, ProposedChange } from "@/lib/access/proposals";
import { keepsAdministration } from "@/lib/authz/administrators";
import { type AccessTarget, targetRelationFrom } from "@/lib/authz/authorize";
import type { Catalogue } from "@/lib/authz/catalogue";
import { answerOf, type Decision, mayNot, notNow, yes } from "@/lib/authz/decision";
import { decideByScope, evaluate, noRelation, type Relation } from "@/lib/authz/evaluate";
import { mayGive, mayGiveReach, mayWake, reachesPeople } from "@/lib/authz/grants";
import { type Access, isOver, operationsIn } from "@/lib/authz/model";
import { notFound } from "@/lib/errors";
import { type OperationKey, operationOf } from "@/lib/operations";
import { mayCarry, mayChangeRole } from "@/lib/roles/policy";

/** Somebody who might make a change, and how they relate to the people whom it concerns. */
export type Maker = { access: Access; relationTo: (personId: string) => Relation };

/** What the guards of a change ask besides its maker. */
export type Stand = {
  at: Date;
  catalogue: Catalogue;
  /** What somebody holds of those whom the changes concern: the people themselves, and those who come to reach them. */
  accessOf: (personId: string) => Access;
  person: AskedPerson;
  /** Who is above the person acted upon once the person becomes their manager. */
  comeAbove: string[];
  /** Groups that "Roles and Groups" offers to the viewer. Of others who see a group by a member alone nothing is known. */
  offered: Set<string>;
};

/** The operation that each change takes at its plainest. */
export const takes: Record<ProposedChange["kind"], OperationKey> = {
  roles: "user.update",
  end: "user.update",
  manager: "user.update",
  enable: "user.enable",
  join: "group.add_member",
  owner: "group.update",
  carry: "role.update",
};

/** One way of making a change: the operation that it takes, and the page of the form that does it. */
export type Way = { operation: OperationKey; href: string; allows: (maker: Maker) => Decision };

/** The first no of these. */
function all(...rules: (() => Decision)[]): Decision {
  for (const rule of rules) {
    const decision = rule();
    if (!decision.ok) return decision;
  }
  return yes;
}

type Rule = (maker: Maker) => Decision;

/**
 * The ways in which a change can be made, the plainest first: what each requires of its maker, by the guards that its
 * command asks and in the same order (R8, R13, U16).
 */
export function waysOf({ change, after }: Proposal, stand: Stand): Way[] {
  const own = takes[change.kind];
  const way = (operation: OperationKey, target: AccessTarget, page: string, ...rules: Rule[]): Way => ({
    operation,
    href: `/admin/${page}`,
    allows: (maker) =>
      all(
        () => mayUse(maker, operation, target, stand),
        ...rules.map((rule) => () => rule(maker)),
        () => mayLeave(maker, after, stand),
      ),
  });
  switch (change.kind) {
    case "roles":
    case "end":
    case "manager": {
      const { person } = change;
      return [way(own, { person }, `users/${person.id}`, sees(person.id), ...updating(change, stand))];
    }
    case "enable": {
      const { person } = change;
      return [way(own, { person }, `users/${person.id}`, sees(person.id))];
    }
    case "join": {
      const { person, group } = change;
      const gives = givesMembership(group, stand);
      const at = { person, ownerId: group.ownerId };
      return [
        way(own, at, `groups/${group.id}`, seesGroup(group), sees(person.id), gives),
        way("user.update", { person }, `users/${person.id}/access`, sees(person.id), isOffered(group, stand), gives),
      ];
    }
    case "owner": {
      const { group, ownerId } = change;
      const reaches: Rule = ({ access }) => mayGiveReach(access, stand.accessOf(ownerId), "owned_groups", null);
      const at = { person: null, ownerId: group.ownerId };
      return [way(own, at, `groups/${group.id}`, seesGroup(group), maySay(ownerId), reaches)];
    }
    case "carry": {
      const { role, operation, scope } = change;
      const changes: Rule = ({ access }) => mayChangeRole(access, { ...role, builtIn: role.admin });
      const carries = mayCarry([...role.operations, { operation, scope }], stand.catalogue.apps);
      const gives: Rule = ({ access }) => mayGive(access, role.name, [{ operation, scope }], null);
      return [way(own, { person: null }, `roles/${role.id}`, seesRoles, changes, () => carries, gives)];
    }
  }
}

/** What the form "User Details" asks for each of its fields. */
function updating(change: Extract<ProposedChange, { kind: "roles" | "end" | "manager" }>, stand: Stand): Rule[] {
  const { person, at } = stand;
  if (change.kind === "manager") {
    const reaches: Rule = ({ access }) =>
      all(...stand.comeAbove.map((id) => () => mayGiveReach(access, stand.accessOf(id), "reports", null)));
    return [maySay(change.managerId), reaches];
  }
  if (change.kind === "roles") {
    const held = new Set([person.primaryRoleId, ...person.stored.map(({ id }) => id)]);
    const given = [change.primaryRoleId, ...change.additionalRoleIds].filter((id) => !held.has(id));
    return [givesRoles(given, person.accessEndsAt, stand)];
  }
  const lasting = person.stored.filter(({ endsAt }) => !isOver(endsAt, at)).map(({ id }) => id);
  const ofOthers: Rule = ({ access }) =>
    access.personId === person.id ? notNow("You cannot change the end of your own access. Somebody else can.") : yes;
  return [givesRoles([person.primaryRoleId, ...lasting], null, stand), ofOthers];
}

/** The decision of enforcement, whose refusals about oneself are worded differently. */
function mayUse(
  { access, relationTo }: Maker,
  operation: OperationKey,
  target: AccessTarget,
  { accessOf }: Stand,
): Decision {
  const related = targetRelationFrom(
    { actorId: access.personId, operations: [operation], target },
    relationTo,
    accessOf,
  );
  const { decision } = evaluate(access, operation, related);
  if (decision.ok || target.person?.id !== access.personId) return decision;
  return mayNot(`You do not hold "${operationOf(operation).sentence}" for yourself.`);
}

/**
 * What somebody holds after a change may be more than was given by name, or less. U15 is not asked: an administrator without
 * an end is denied nothing, so nothing is proposed for them.
 */
function mayLeave({ access }: Maker, after: Access | null, stand: Stand): Decision {
  if (!after?.personId) return yes;
  const held = stand.accessOf(after.personId);
  return all(
    () => (access.personId === after.personId ? keepsAdministration(held, after) : yes),
    () => mayWake(access, held, after),
  );
}

const sees =
  (personId: string): Rule =>
  (maker) =>
    reads(maker, personId) ? yes : answerOf(notFound("The user"));

const reads = ({ access, relationTo }: Maker, personId: string) =>
  decideByScope(access, "user.read", relationTo(personId)).allowed;

/** People whom a change names as manager or owner are in sight, or the actor. */
const maySay =
  (personId: string): Rule =>
  (maker) =>
    maker.access.personId === personId || reads(maker, personId)
      ? yes
      : notNow("That person doesn't exist, or you don't have access to it.");

const readsGroup = ({ access }: Maker, { ownerId }: GroupAsked) =>
  decideByScope(access, "group.read", { ...noRelation, ownedGroups: ownerId !== null && ownerId === access.personId })
    .allowed;

const seesGroup =
  (group: GroupAsked): Rule =>
  (maker) =>
    readsGroup(maker, group) ? yes : answerOf(notFound("The group"));

const isOffered =
  (group: GroupAsked, { offered }: Stand): Rule =>
  (maker) =>
    readsGroup(maker, group) || offered.has(group.id)
      ? yes
      : notNow("One of these groups doesn't exist, or you don't have access to it.");

const seesRoles: Rule = ({ access }) =>
  decideByScope(access, "role.read", noRelation).allowed ? yes : answerOf(notFound("The role"));

const givesRoles =
  (roleIds: string[], until: Date | null, { catalogue: { roles, apps } }: Stand): Rule =>
  ({ access }) =>
    all(
      ...roleIds
        .flatMap((id) => roles.get(id) ?? [])
        .map((role) => () => mayGive(access, role.name, operationsIn(role, apps), until)),
    );

const givesMembership =
  ({ carries, ownerId }: CarryingGroup, stand: Stand): Rule =>
  (maker) =>
    all(
      ...carries.map(
        ({ roleId, endsAt }) =>
          () =>
            givesRoles([roleId], endsAt, stand)(maker),
      ),
      () =>
        ownerId === null
          ? yes
          : mayGiveReach(maker.access, stand.accessOf(ownerId), "owned_groups", null, reachesPeople),
    );
