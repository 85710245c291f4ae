import {
  type AskedGroup,
  type AskedOther,
  type AskedPerson,
  askedGroup,
  askedOther,
  askedPerson,
} from "@/lib/access/asked";
import { type AskedOperation, askedOperations } from "@/lib/access/asked-operations";
import type { AskedOf, Explanation, Path, Step, Words } from "@/lib/access/explanation";
import { ownedGroupsFact, reportsFact } from "@/lib/access/facts";
import { isHeld } from "@/lib/access/proposals";
import { standingOf } from "@/lib/access/standing";
import { suggest } from "@/lib/access/suggest";
import { isLocked } from "@/lib/authz/account-status";
import { type AccessTarget, targetRelationFrom } from "@/lib/authz/authorize";
import type { Catalogue } from "@/lib/authz/catalogue";
import { beyond, type Evaluation, evaluate, holds, noRelation, type TargetRelation } from "@/lib/authz/evaluate";
import { type Accesses, loadAccesses } from "@/lib/authz/load";
import {
  type Access,
  endOf,
  type Holding,
  holdingsOf,
  missingFromEverything,
  type Origin,
  opens,
  operationsIn,
} from "@/lib/authz/model";
import { readsAs } from "@/lib/authz/principal";
import { scopeWords, type Voice, voiceOf } from "@/lib/authz/scope-words";
import { explanationShare } from "@/lib/capacity/heavy-work";
import type { Ctx, Person } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { fullName } from "@/lib/normalization/names";
import { takesEverything } from "@/lib/operations";
import { withKeeper } from "@/lib/people/keeper";
import { type UserOperation, userOperations, userRules } from "@/lib/people/policy";
import type { UserRow } from "@/lib/people/scoped";
import { subjectOf } from "@/lib/people/subject";

export type Question = { personId: string; operation: string; onId?: string | null; groupId?: string | null };

/** What a page that asks has read as well: the person, within the viewer's sight, and what they hold. */
export type Known = { person: AskedPerson; accesses: Accesses };

/** What a question is about, once everything that it names is found to be within the viewer's sight. */
export type Asked = {
  person: AskedPerson;
  voice: Voice;
  operation: AskedOperation;
  on: UserRow | null;
  group: AskedGroup | null;
  /** Null: no particular person was named, so what is held can only be shown, not decided. */
  target: AccessTarget | null;
  access: Access;
  related: TargetRelation;
  evaluation: Evaluation;
  /** What each operation is called. */
  sentences: Map<string, string>;
  /** What could be given at all, and what those whom the question names hold. */
  catalogue: Catalogue;
  accessOf: (personId: string) => Access;
  /** Whether the person is below the person acted upon, who cannot report to them then. */
  isBelow: boolean;
  /** Who is above the person acted upon, and above the person: ids. */
  above: AskedOther["above"];
};

/**
 * Whether a person can do this, and why (R7): every path that grants it, or the smallest changes that would. Decided by
 * the function that enforces. Throws `not_found` for what the viewer may not see, oneself is always in sight; and
 * `rate_limited` to a viewer who has two under way.
 */
export const explain = (ctx: Ctx<Person>, question: Question, known?: Known): Promise<Explanation> =>
  explanationShare.within(ctx.actor.id, () => explained(ctx, question, known));

async function explained(ctx: Ctx<Person>, question: Question, known?: Known): Promise<Explanation> {
  const asked = await evaluateQuestion(ctx, question, known);
  const { person, voice, operation, on, group, target, evaluation: found } = asked;
  const standing = standingOf(person, ctx.now());
  const held = isHeld(asked);
  const outcome = !held || standing ? "denied" : target ? "allowed" : "depends";
  const granting = target ? found.paths : found.held;
  return {
    person: named(person),
    voice,
    operation,
    on: on && named(on),
    group: group && { id: group.id, name: group.name },
    outcome,
    decision: found.decision,
    why:
      outcome === "denied"
        ? [standing, ...(held ? [] : [whyNot(asked), besides(asked)])].filter((part) => part !== null).join(" ")
        : null,
    notes: await notesOn(ctx, asked, outcome),
    paths: held ? await pathsOf(ctx, asked, granting) : [],
    suggestions: outcome === "denied" ? await suggest(ctx, asked) : [],
    alone: held || !standing,
  };
}

/** The question with its decision, before it is put into words. */
export async function evaluateQuestion(
  ctx: Ctx<Person>,
  { personId, operation: key, onId, groupId }: Question,
  known?: Known,
): Promise<Asked> {
  const { person, accesses } = known ?? (await knownOf(ctx, personId));
  const { catalogue } = accesses;
  const operations = askedOperations(catalogue.appOperations);
  const operation = operations.find((one) => one.key === key);
  if (!operation) throw notFound("The operation");
  const { takes } = operation;
  const named = (takes === "person" || takes === "member") && onId ? onId.toLowerCase() : null;
  const into = (takes === "group" || takes === "member") && groupId ? groupId : null;
  const other =
    named !== null && named !== person.id ? await askedOther(ctx, person.id, { id: named, groupId: into }) : null;
  const on = other?.person ?? (named === null ? null : person);
  const group = other ? other.group : into === null ? null : await askedGroup(ctx, into);
  const access = accesses.of(person.id);
  const accessOf = (id: string) => (other && id === other.person.id ? other.access : access);
  const target = targetOf(operation, person, on, group);
  const related = targetRelationFrom(
    { actorId: person.id, operations: [key], target: target ?? { person: null } },
    (id) => (id === person.id ? { ...noRelation, self: true } : (other?.reached ?? noRelation)),
    accessOf,
  );
  return {
    person,
    voice: voiceOf(person.firstName, person.id === readsAs(ctx.actor)),
    operation,
    on,
    group,
    target,
    access,
    related,
    evaluation: evaluate(access, key, related),
    sentences: new Map(operations.map((one) => [one.key, one.sentence])),
    catalogue,
    accessOf,
    isBelow: other?.reaching.reports ?? false,
    above: other?.above ?? { other: [], person: [] },
  };
}

async function knownOf(ctx: Ctx<Person>, personId: string): Promise<Known> {
  const person = await askedPerson(ctx, personId);
  return { person, accesses: await loadAccesses(ctx.db, [person.id], ctx.now()) };
}

function targetOf({ takes }: AskedOperation, person: UserRow, on: UserRow | null, group: AskedGroup | null) {
  switch (takes) {
    case "nobody":
      return { person: null };
    case "self":
      return { person: named(person) };
    case "person":
      return on && { person: named(on) };
    case "group":
      return group && { person: null, ownerId: group.ownerId };
    case "member":
      return on && group && { person: named(on), ownerId: group.ownerId };
  }
}

const named = (person: UserRow): AskedOf => ({ id: person.id, name: fullName(person) });

function whyNot({ voice, operation, on, group, access, sentences, evaluation: { held, more } }: Asked): string {
  if (takesEverything(operation.key)) return everythingWords(access, voice, sentences);
  if (more.length > 0 && on) return beyondWords(access, more, fullName(on), voice, sentences);
  if (held.length > 0) {
    const scopes = [...new Set(held.map(({ scope }) => scopeWords(scope, voice, operation.takes)))];
    const what = operation.takes === "group" || operation.takes === "member" ? group?.name : on && fullName(on);
    const has = `${voice.who} ${voice.self ? "have" : "has"} it`;
    const where = scopes.join(" and ");
    return what ? `${has} for ${where}, and ${what} is not among them.` : `${has} only for ${where}.`;
  }
  const dormant = access.roles.filter((role) => !role.inForce && carries(role, operation.key, access));
  const none = `No role of ${voice.self ? "yours" : voice.whose} has it.`;
  if (dormant.length === 0) return none;
  const asleep = dormant.map(
    (role) => `"${role.name}" has it and is not in force: it needs ${role.needs.join(" or ")}.`,
  );
  return `No role in force has it. ${asleep.join(" ")}`;
}

/** R15 in words, with the first thing that is missing. */
function everythingWords(access: Access, voice: Voice, sentences: Map<string, string>): string {
  const lasting = holdingsOf(access).filter(({ role }) => endOf(access, role) === null);
  const missing = missingFromEverything(lasting, access.appOperations)?.operation ?? "";
  const not = voice.self ? "do not" : "does not";
  return `It requires every other operation, at the widest scope and without an end date. ${voice.who} ${not} hold "${sentences.get(missing) ?? missing}" in that way.`;
}

const carries = (role: Parameters<typeof operationsIn>[0], operation: string, access: Access) =>
  operationsIn(role, access.appOperations).some((held) => opens(held.operation, operation));

/** R13 is in the way as well, though the operation is not even held there: mentioned, since it affects what would grant it. */
function besides({
  voice,
  operation,
  on,
  access,
  sentences,
  related: { theirs },
  evaluation: found,
}: Asked): string | null {
  if (!on || !theirs || found.more.length > 0 || operation.takes !== "person") return null;
  const more = beyond(access, theirs);
  return more.length > 0 ? `Also, ${beyondWords(access, more, fullName(on), voice, sentences)}` : null;
}

/** R13 in words: what the person acted upon may do, and the actor may not. */
function beyondWords(
  access: Access,
  more: Holding[],
  name: string,
  voice: Voice,
  sentences: Map<string, string>,
): string {
  const first = more[0]?.operation ?? "";
  const longer = more.every(({ operation, scope }) => holds(access, operation, scope));
  const sentence = (sentences.get(first) ?? first).replace(/^./, (letter) => letter.toLowerCase());
  const others = new Set(more.map(({ operation, scope }) => `${operation} ${scope}`)).size - 1;
  const rest = others > 0 ? ` and ${others} other ${others === 1 ? "thing" : "things"}` : "";
  const roles = [...new Set(more.map(({ role }) => `"${role.name}"`))].slice(0, 2).join(" and ");
  return `${name} can ${sentence}${rest} through ${roles}, which ${voice.whom} cannot ${longer ? "for that long" : "at that reach"}. Only somebody who can do all of it${longer ? " for as long" : ""} can do this.`;
}

async function notesOn(ctx: Ctx<Person>, { person, operation, on, voice }: Asked, outcome: string): Promise<string[]> {
  const notes: string[] = [];
  if (isLocked(person, ctx.now()))
    notes.push(
      `${fullName(person)} is locked: open sessions continue, and new sign-ins are refused until the lock ends.`,
    );
  if (outcome === "allowed" && on && isUserOperation(operation.key)) {
    const rule = userRules[operation.key](person.id, subjectOf(await withKeeper(ctx.db, on), ctx.now()));
    if (!rule.ok) notes.push(`It cannot be done at the moment: ${thirdPerson(rule.reason, voice)}`);
  }
  return notes;
}

const isUserOperation = (key: string): key is UserOperation => (userOperations as readonly string[]).includes(key);

/** The rules address the actor; here they are shown to a viewer. */
const thirdPerson = (reason: string, voice: Voice) =>
  voice.self ? reason : reason.replace(/^You cannot (.*) yourself\.$/, `nobody can $1 themselves.`);

async function pathsOf(ctx: Ctx<Person>, asked: Asked, granting: Holding[]): Promise<Path[]> {
  const facts = new Map<string, Step[]>();
  for (const { scope } of granting) if (!facts.has(scope)) facts.set(scope, await factsFor(ctx, asked, scope));
  return granting.flatMap((holding) =>
    holding.role.origins.map((origin) => ({
      via: origin.via,
      until: origin.endsAt,
      scope: holding.scope,
      steps: [...stepsTo(asked, holding, origin), ...(facts.get(holding.scope) ?? [])],
    })),
  );
}

function stepsTo({ voice, operation }: Asked, { role, scope, operation: held }: Holding, origin: Origin): Step[] {
  const on = scopeWords(scope, voice, operation.takes);
  const reach: Words = on ? [" on ", { strong: on }] : [];
  const all: Step = { kind: "operation", words: ["which, together with its other operations, gives every operation"] };
  const has: Step = role.admin
    ? { kind: "operation", words: ["which has every operation", ...reach] }
    : takesEverything(held)
      ? all
      : { kind: "operation", words: ["which has ", { code: held }, ...reach, ...opening(held, operation.key)] };
  if (origin.via === "direct")
    return [{ kind: "role", words: [`${voice.who} ${voice.self ? "hold" : "holds"} `, { strong: role.name }] }, has];
  const member = `${voice.who} ${voice.self ? "are" : "is"} a member of `;
  return [
    { kind: "group", words: [member, { strong: origin.groupName ?? "a group" }] },
    { kind: "role", words: ["which carries ", { strong: role.name }] },
    has,
  ];
}

const opening = (held: string, wanted: string): Words => (held === wanted ? [] : [", and so ", { code: wanted }]);

/** What ends a chain: why this scope reaches what was named. */
async function factsFor(ctx: Ctx<Person>, asked: Asked, scope: Holding["scope"]): Promise<Step[]> {
  const { voice, operation, on, group, target, person } = asked;
  if (!target || operation.takes === "nobody") return [];
  const fact = (words: Words): Step[] => [{ kind: "fact", words }];
  if (operation.takes === "self" || scope === "self") return fact([`It is ${voice.whose} own account`]);
  if (operation.takes === "group" || operation.takes === "member") {
    if (scope === "owned_groups" && group)
      return fact([`${voice.who} ${voice.self ? "own" : "owns"} `, { strong: group.name }]);
    return fact(["Every group includes ", { strong: group?.name ?? "" }]);
  }
  if (!on) return [];
  if (scope === "reports") return fact(await reportsFact(ctx, named(on), voice, person.id));
  if (scope === "owned_groups") return fact(await ownedGroupsFact(ctx, named(on), voice, person.id));
  return fact(["Everyone includes ", { strong: fullName(on) }]);
}
