import type { Scope } from "@/db/enums";
import { isOperation, type OperationKey, operationKeys, operationOf } from "@/lib/operations";
import type { World, WorldPerson } from "@/lib/testing/worlds";

/**
 * What the rules R5, R6, R8 and R13 say about a world, in plain loops over plain data. It shares nothing with
 * `lib/authz` but the catalogue, so that a mistake there is not repeated here.
 */
export type Held = { operation: string; scope: Scope; until: number };

/** Milliseconds since 1970; Infinity for no end. */
const instant = (endsAt: Date | null) => endsAt?.getTime() ?? Number.POSITIVE_INFINITY;

export function heldBy(world: World, personId: string): Held[] {
  const person = world.people.find(({ id }) => id === personId);
  if (!person) return [];
  const reaching = new Map([[person.primaryRoleId, Number.POSITIVE_INFINITY]]);
  const reach = (roleId: string, ...ends: (Date | null)[]) => {
    if (ends.every((endsAt) => lasts(endsAt, world.now)))
      reaching.set(roleId, Math.max(reaching.get(roleId) ?? 0, Math.min(...ends.map(instant))));
  };
  for (const { roleId, endsAt } of person.roles) reach(roleId, endsAt);
  for (const group of world.groups)
    for (const member of group.members.filter(({ userId }) => userId === personId))
      for (const { roleId, endsAt } of group.roles) reach(roleId, endsAt, member.endsAt);
  const held = world.roles
    .filter(
      ({ id, needs }) =>
        reaching.has(id) && (id === person.primaryRoleId || needs.length === 0 || needs.includes(person.primaryRoleId)),
    )
    .flatMap(({ id, admin, operations }) => {
      const until = Math.min(reaching.get(id) ?? 0, instant(person.accessEndsAt));
      return (admin ? everything : operations).map((one) => ({ ...one, until }));
    });
  return [...held, ...(holdsEverything(held) ? besides : [])];
}

const lasts = (endsAt: Date | null, now: Date) => endsAt === null || endsAt.getTime() > now.getTime();

const widestOf = (operation: OperationKey) => operationOf(operation).scopes[0];

const everything: Omit<Held, "until">[] = operationKeys.flatMap((operation) => {
  const scope = widestOf(operation);
  return scope && !operationOf(operation).everything ? [{ operation, scope }] : [];
});

/** R15: what comes with everything, permanently. */
const besides: Held[] = operationKeys
  .filter((operation) => operationOf(operation).everything)
  .map((operation) => ({ operation, scope: "all", until: Number.POSITIVE_INFINITY }));

const holdsEverything = (held: Held[]) =>
  everything.every(({ operation, scope }) =>
    held.some(
      (one) => gives(one.operation, operation) && one.scope === scope && one.until === Number.POSITIVE_INFINITY,
    ),
  );

const gives = (held: string, wanted: string) =>
  held === wanted || (isOperation(wanted) && operationOf(wanted).under === held);

/**
 * Whether these holdings contain that one for two different people, for as long: `all` holds all, and everything holds
 * `self`.
 */
export const covers = (holdings: Held[], { operation, scope, until }: Held) =>
  holdings.some(
    (held) => gives(held.operation, operation) && (held.scope === "all" || scope === "self") && held.until >= until,
  );

function isBelow(world: World, personId: string, managerId: string): boolean {
  const seen = new Set<string>();
  const managerOf = (id: string) => world.people.find((person) => person.id === id)?.managerId ?? null;
  for (let above = managerOf(personId); above && !seen.has(above); above = managerOf(above)) {
    if (above === managerId) return true;
    seen.add(above);
  }
  return false;
}

const isMember = (world: World, personId: string, ownerId: string) =>
  world.groups.some(
    (group) =>
      group.ownerId === ownerId &&
      group.members.some(({ userId, endsAt }) => userId === personId && lasts(endsAt, world.now)),
  );

/** Whether an operation reaches a person at all (R11): what lists show. */
export function reaches(world: World, actorId: string, operation: string, personId: string): boolean {
  const self = actorId === personId;
  const reached: Record<Scope, boolean> = {
    all: true,
    self,
    reports: !self && isBelow(world, personId, actorId),
    owned_groups: !self && isMember(world, personId, actorId),
  };
  return heldBy(world, actorId).some((held) => gives(held.operation, operation) && reached[held.scope]);
}

/** Whether an operation on a person is allowed: within reach, and on nobody with more power (R13). */
export function mayOn(world: World, actorId: string, operation: string, personId: string): boolean {
  if (!reaches(world, actorId, operation, personId)) return false;
  if (actorId === personId || !isOperation(operation) || !operationOf(operation).personal) return true;
  const mine = heldBy(world, actorId);
  return heldBy(world, personId).every((held) => covers(mine, held));
}

/** Whether an operation that is used on nobody in particular is allowed. */
export const mayAtAll = (world: World, actorId: string, operation: string) =>
  heldBy(world, actorId).some((held) => gives(held.operation, operation) && held.scope === "all");

/** Whether an operation on a group is allowed: held for all, or for those that one owns. */
export const mayOnGroup = (world: World, actorId: string, operation: string, ownerId: string | null) =>
  heldBy(world, actorId).some(
    (held) =>
      gives(held.operation, operation) &&
      (held.scope === "all" || (held.scope === "owned_groups" && ownerId === actorId)),
  );

/** Whether the account works at all at this moment. */
export const isInForce = ({ status, accessEndsAt }: WorldPerson, now: Date) =>
  status === "active" && lasts(accessEndsAt, now);
