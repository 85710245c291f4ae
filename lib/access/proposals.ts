import type { RoleKind } from "@/db/enums";
import type { Asked } from "@/lib/access/explain";
import type { Lack } from "@/lib/access/standing";
import { canManage, statusAt } from "@/lib/authz/account-status";
import { accessGiven, type CataloguedRole, type Given, givenTo, goesWith } from "@/lib/authz/catalogue";
import { differenceOf } from "@/lib/authz/difference";
import { evaluate, noRelation, type Someone, type TargetRelation } from "@/lib/authz/evaluate";
import { type Access, opens, operationsIn, type Scope } from "@/lib/authz/model";
import { holder, scopeWords } from "@/lib/authz/scope-words";
import { fullName } from "@/lib/normalization/names";
import { takesEverything } from "@/lib/operations";
import type { UserRow } from "@/lib/people/scoped";

export type GroupAsked = { id: string; name: string; ownerId: string | null };
export type CarryingGroup = GroupAsked & { carries: { roleId: string; endsAt: Date | null }[] };

/** A change of somebody's access that can be proposed: each is one form. */
export type ProposedChange =
  | { kind: "roles"; person: Someone; primaryRoleId: string; additionalRoleIds: string[] }
  | { kind: "manager"; person: Someone; managerId: string }
  | { kind: "join"; person: Someone; group: CarryingGroup }
  | { kind: "owner"; group: GroupAsked; ownerId: string }
  | { kind: "carry"; role: CataloguedRole; operation: string; scope: Scope }
  | { kind: "enable"; person: Someone }
  | { kind: "end"; person: Someone };

/** A change that would grant what was denied. */
export type Proposal = {
  steps: string[];
  change: ProposedChange;
  /** How many operations the person comes to hold, the asked one too. */
  gained: number;
  /** What the person whom the change concerns would hold after it; null where that is what they hold now. */
  after: Access | null;
  /** The role of which every other holder gains the same, or null. */
  shared: { id: string; kind: RoleKind } | null;
};

/** What proposals are read off: the question, and all that could be given. */
export type Setting = {
  asked: Asked;
  at: Date;
  /** Groups in sight that the person is not in, and that carry a role which has the operation. */
  joinable: CarryingGroup[];
  /** Groups in sight of which the person is the owner, without the person acted upon. */
  owned: CarryingGroup[];
};

/** Whether roles and reach are enough, the state of the account aside. */
export const isHeld = ({ target, evaluation: { decision, held } }: Asked) => (target ? decision.ok : held.length > 0);

/** Every single change that would make the answer a yes: each is evaluated on what would be held after it. */
export const proposalsIn = (setting: Setting): Proposal[] => [
  ...byRoles(setting),
  ...byCarrying(setting),
  ...byJoining(setting),
  ...byReach(setting),
];

/** What puts the account in force by itself. An invitation is accepted by the person alone. */
export function byStanding({ person, voice, access }: Asked, lack: Lack | undefined): Proposal[] {
  const proposal = { gained: 0, after: null, shared: null };
  const named = someone(person);
  if (lack === "enable")
    return [{ ...proposal, steps: [`Enable ${named.name}`], change: { kind: "enable", person: named } }];
  if (lack !== "end") return [];
  const steps = [`Remove the end of ${voice.whose} access`];
  return [{ ...proposal, steps, change: { kind: "end", person: named }, after: { ...access, endsAt: null } }];
}

/** Without somebody to act on, holding it in any way is a yes. */
function grants(
  { asked: { operation, target, related } }: Setting,
  access: Access,
  near: TargetRelation = related,
): boolean {
  const { decision, held } = evaluate(access, operation.key, near);
  return target ? decision.ok : held.length > 0;
}

/** Whether giving this role could help: it has the operation, or more power is what is missing (R13, R15). */
export const helps = (role: CataloguedRole, { operation, evaluation, catalogue: { apps } }: Asked) =>
  evaluation.more.length > 0 ||
  takesEverything(operation.key) ||
  operationsIn(role, apps).some((held) => opens(held.operation, operation.key));

const gainedBy = (before: Access, after: Access) =>
  differenceOf(before, after).gains.filter(({ endOnly }) => !endOnly).length;

const someone = (person: UserRow): Someone => ({ id: person.id, name: fullName(person) });

/** Another primary role, an additional role, or an additional role with the primary role that it needs. */
function byRoles(setting: Setting): Proposal[] {
  const { asked } = setting;
  const { catalogue, person } = asked;
  const given = givenTo(asked.access);
  const all = [...catalogue.roles.values()];
  const present = catalogue.roles.get(given.primaryId);
  const otherPrimaries = all.filter(({ kind, id }) => kind === "primary" && id !== present?.id);
  const alone = otherPrimaries.flatMap((primary) => withRoles(setting, given, primary, null));
  const enough = new Set(alone.map(({ change }) => change.kind === "roles" && change.primaryRoleId));
  const besides = all
    .filter((role) => role.kind === "additional" && !person.stored.some(({ id }) => id === role.id))
    .filter((role) => helps(role, asked))
    .flatMap((role) =>
      !present || goesWith(role, present.id)
        ? withRoles(setting, given, null, role)
        : otherPrimaries
            .filter((primary) => goesWith(role, primary.id) && !enough.has(primary.id))
            .flatMap((primary) => withRoles(setting, given, primary, role)),
    );
  return [...alone, ...besides];
}

function withRoles(
  setting: Setting,
  given: Given,
  primary: CataloguedRole | null,
  role: CataloguedRole | null,
): Proposal[] {
  const { asked } = setting;
  const { access, voice, catalogue, person } = asked;
  const nameOf = (id: string) => `"${catalogue.roles.get(id)?.name}"`;
  const fits = (id: string) => {
    const known = catalogue.roles.get(id);
    return known !== undefined && (!primary || goesWith(known, primary.id));
  };
  const added = role ? [role.id] : [];
  const primaryId = primary?.id ?? given.primaryId;
  const after = accessGiven(access, catalogue, { primaryId, directIds: [...given.directIds.filter(fits), ...added] });
  if (!grants(setting, after)) return [];
  const dropped = given.directIds.filter((id) => !fits(id)).map(nameOf);
  const slept = new Set(access.roles.filter(({ inForce }) => !inForce).map(({ id }) => id));
  const woken = after.roles.filter(({ id, inForce }) => inForce && slept.has(id)).map(({ id }) => nameOf(id));
  const wakes = woken.length > 0 ? `, which puts ${woken.join(" and ")} in force` : "";
  const drops = `Remove ${dropped.join(" and ")}, which cannot be combined with ${primary?.name}`;
  return [
    {
      steps: [
        ...(primary && dropped.length > 0 ? [drops] : []),
        ...(primary ? [`Change ${voice.whose} primary role to ${primary.name}${wakes}`] : []),
        ...(role ? [`Give ${voice.whom} the role "${role.name}"`] : []),
      ],
      change: {
        kind: "roles",
        person: someone(person),
        primaryRoleId: primaryId,
        additionalRoleIds: [...person.stored.map(({ id }) => id).filter(fits), ...added],
      },
      gained: gainedBy(access, after),
      after,
      shared: null,
    },
  ];
}

const narrowestFirst: readonly Scope[] = ["self", "owned_groups", "reports", "all"];

/**
 * The operation added to a role that the person holds in force, at the narrowest scope that reaches. The person acted
 * upon may hold that role too, and then gains the same (R13).
 */
function byCarrying(setting: Setting): Proposal[] {
  const { asked } = setting;
  const { operation, access, related, catalogue } = asked;
  if (asked.evaluation.more.length > 0) return [];
  return access.roles.flatMap(({ id, inForce }): Proposal[] => {
    const role = catalogue.roles.get(id);
    if (!role || !inForce || role.admin) return [];
    const withScope = (who: Access, scope: Scope): Access => ({
      ...who,
      roles: who.roles.map((held) =>
        held.id === id ? { ...held, operations: [...held.operations, { operation: operation.key, scope }] } : held,
      ),
    });
    const scope = narrowestFirst
      .filter((one) => operation.scopes.includes(one))
      .find((one) => {
        const theirs = related.theirs && withScope(related.theirs, one);
        return grants(setting, withScope(access, one), { ...related, theirs });
      });
    if (!scope) return [];
    const words = scopeWords(scope, holder, operation.takes);
    return [
      {
        steps: [`Add "${operation.sentence}"${words ? ` on ${words}` : ""} to the role "${role.name}"`],
        change: { kind: "carry", role, operation: operation.key, scope },
        gained: 1,
        after: null,
        shared: { id, kind: role.kind },
      },
    ];
  });
}

/** A group that carries a role which has it. */
function byJoining(setting: Setting): Proposal[] {
  const { asked, joinable } = setting;
  const { catalogue } = asked;
  return joinable.flatMap((group): Proposal[] => {
    const after = accessGiven(asked.access, catalogue, { ...givenTo(asked.access), joined: group });
    if (!grants(setting, after)) return [];
    const names = group.carries.map(({ roleId }) => `"${catalogue.roles.get(roleId)?.name}"`).join(" and ");
    return [
      {
        steps: [`Add ${asked.voice.whom} to the group ${group.name}, which carries ${names}`],
        change: { kind: "join", person: someone(asked.person), group },
        gained: gainedBy(asked.access, after),
        after,
        shared: null,
      },
    ];
  });
}

/** It is held already, and does not reach: put the other below the person, into one of their groups, or hand the group over. */
function byReach(setting: Setting): Proposal[] {
  const { asked, at, owned } = setting;
  const { person, on, group, access, related, voice, catalogue } = asked;
  const status = statusAt(person, at);
  if (asked.evaluation.paths.length > 0 || person.id === on?.id) return [];
  const reaching = (scope: Scope, relation: Partial<TargetRelation["relation"]>, theirs = related.theirs) =>
    asked.evaluation.held.some((held) => held.scope === scope) &&
    grants(setting, access, { ...related, relation: { ...noRelation, ...relation }, theirs });
  const proposal = (step: string, scope: Scope, change: ProposedChange, after: Access | null = null): Proposal => ({
    steps: [step],
    change,
    gained: heldAt(access, scope),
    after,
    shared: null,
  });
  if (group) {
    if (!["active", "locked"].includes(status) || !reaching("owned_groups", { ownedGroups: true })) return [];
    const step = `Make ${voice.whom} the owner of the group ${group.name}`;
    return [proposal(step, "owned_groups", { kind: "owner", group, ownerId: person.id })];
  }
  if (!on || statusAt(on, at) === "archived") return [];
  const other = someone(on);
  const managing =
    canManage(status) && !asked.isBelow && reaching("reports", { reports: true })
      ? [
          proposal(`Make ${voice.whom} the manager of ${other.name}`, "reports", {
            kind: "manager",
            person: other,
            managerId: person.id,
          }),
        ]
      : [];
  const theirs = asked.accessOf(on.id);
  const gathering = owned.flatMap((into) => {
    const after = accessGiven(theirs, catalogue, { ...givenTo(theirs), joined: into });
    if (!reaching("owned_groups", { ownedGroups: true }, related.theirs && after)) return [];
    const owns = voice.self ? "you own" : `${voice.whom} owns`;
    const step = `Add ${other.name} to the group ${into.name}, which ${owns}`;
    return [proposal(step, "owned_groups", { kind: "join", person: other, group: into }, after)];
  });
  return [...managing, ...gathering];
}

const heldAt = ({ roles }: Access, scope: Scope) =>
  new Set(
    roles
      .filter(({ inForce }) => inForce)
      .flatMap(({ operations }) => operations.filter((held) => held.scope === scope))
      .map(({ operation }) => operation),
  ).size;
