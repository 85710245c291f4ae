import type { RoleKind, Scope } from "@/db/enums";
import { carriedKeys, everythingKeys, operationKeys, operationOf, takesEverything } from "@/lib/operations";
import { onePerProcess } from "@/lib/platform/one-per-process";

export type { Scope };

/** Where a role comes from: the person directly, or one group; and until when, null without end. */
export type Origin = { via: "direct" | "group"; groupId: string | null; groupName: string | null; endsAt: Date | null };

export type EffectiveRole = {
  id: string;
  name: string;
  kind: RoleKind;
  admin: boolean;
  /** False while the primary role does not allow it: it grants nothing (R5). */
  inForce: boolean;
  /** Names of the primary roles of which it needs one. */
  needs: string[];
  origins: Origin[];
  operations: { operation: string; scope: Scope }[];
};

/**
 * What an actor may do at one moment: everything that one person holds (R6), narrowed where something acts for them, such
 * as a token. `lib/authz/limit.ts` narrows.
 */
export type Access = {
  /** As whom it reaches themselves, their reports and the members of their groups. Null: as nobody. */
  personId: string | null;
  /** Until when the account lasts, null without end. */
  endsAt: Date | null;
  roles: EffectiveRole[];
  appOperations: string[];
  /** Every operation, on everybody, without an end. */
  unrestricted?: true;
  /** The scopes, by operation, to which what the roles give is narrowed. */
  limit?: ReadonlyMap<string, readonly Scope[]>;
  /** By what R13 compares it with others, where that is not itself. */
  standing?: Access;
  /** Who owned the service account when they made the token that is used: it gives nothing that they might not (R15). */
  earlier?: Access;
};

export const noAccess: Access = { personId: null, endsAt: null, roles: [], appOperations: [] };
export const unrestrictedAccess: Access = { ...noAccess, unrestricted: true };

/** Gives an unrestricted access its holdings: they come from no stored role. */
const ownerRole: EffectiveRole = {
  id: "",
  name: "The server's owner",
  kind: "additional",
  admin: false,
  inForce: true,
  needs: [],
  origins: [{ via: "direct", groupId: null, groupName: null, endsAt: null }],
  operations: [],
};

export type Holding = { operation: string; scope: Scope; role: EffectiveRole };

/** The operations of a role; the built-in Admin's are computed: every one that a role can carry, at its widest scope (R3). */
export function operationsIn(
  role: Pick<EffectiveRole, "admin" | "operations">,
  appOperations: string[],
): { operation: string; scope: Scope }[] {
  if (!role.admin) return role.operations.filter(({ operation }) => !takesEverything(operation));
  return everythingThere(appOperations);
}

/** What a role gives to a person who holds it alone and permanently: what it carries, and what comes with everything (R15). */
export function givenBy(
  role: Pick<EffectiveRole, "admin" | "operations">,
  appOperations: string[],
): { operation: string; scope: Scope }[] {
  const carried = operationsIn(role, appOperations);
  if (missingFromEverything(carried, appOperations)) return carried;
  return [...carried, ...everythingKeys.map((operation) => ({ operation, scope: "all" as const }))];
}

/** Every operation that a role can carry, at its widest scope. */
const everythingThere = (appOperations: string[]): { operation: string; scope: Scope }[] => [
  ...carriedAtWidest,
  ...appOperations.map((operation) => ({ operation, scope: "all" as const })),
];

const carriedAtWidest = carriedKeys.flatMap((operation) => {
  const widest = operationOf(operation).scopes[0];
  return widest ? [{ operation: operation as string, scope: widest }] : [];
});

/** What is missing from "everything at its widest scope" (R15); null when nothing is. */
export function missingFromEverything(
  held: { operation: string; scope: Scope }[],
  appOperations: string[],
): { operation: string; scope: Scope } | null {
  const given = new Set<string>();
  for (const { operation, scope } of held) for (const opened of openedBy(operation)) given.add(`${scope} ${opened}`);
  return everythingThere(appOperations).find(({ operation, scope }) => !given.has(`${scope} ${operation}`)) ?? null;
}

/** Until when a role of this person lasts, null without end: its longest origin, but no longer than the account. */
export function endOf({ endsAt }: Access, { origins }: EffectiveRole): Date | null {
  const ends = origins.flatMap((origin) => origin.endsAt ?? []);
  const last = ends.length < origins.length ? null : new Date(Math.max(...ends.map((end) => end.getTime())));
  return earlier(last, endsAt);
}

/** Whether what has this end gives nothing any more, so that it neither blocks nor counts. */
export const isOver = (endsAt: Date | null, at: Date) => endsAt !== null && endsAt <= at;

/** The earlier of two ends, where null is no end. */
export const earlier = (a: Date | null, b: Date | null) => (a === null ? b : b === null || a < b ? a : b);

/**
 * Whether something lasts longer than it did, or was not there: what R8 asks about. What is over and stays so is kept,
 * and keeping is no grant; any later end of it is one.
 */
export const lastsLonger = (next: Date | null, held: { endsAt: Date | null } | undefined): boolean =>
  !held || (held.endsAt !== null && (next === null || next > held.endsAt));

/** Every operation that the roles in force give, in the order of the roles. */
export const holdingsOf = (access: Access): Holding[] => worked(access).all;

/** The holdings that open an operation: its own, and those of the operation it is under in the catalogue. */
export function holdingsThatOpen(access: Access, operation: string): Holding[] {
  if (access.unrestricted) return [{ operation, scope: "all", role: ownerRole }];
  return worked(access).byOpened.get(operation) ?? [];
}

/** Whether an access gives everything that a role can carry, and what comes with it (R15), without an end. */
export const holdsEverything = (access: Access): boolean =>
  access.unrestricted === true || (access.limit === undefined && worked(access).everything);

/** `everything`: before it is narrowed. */
type Worked = { all: Holding[]; byOpened: Map<string, Holding[]>; everything: boolean };

const known = onePerProcess("worked access", () => new WeakMap<Access, Worked>());

/** Computed once for each access that was loaded: the outer wall and the page ask for many operations of one person. */
function worked(access: Access): Worked {
  const before = known.get(access);
  if (before) return before;
  const carried = access.roles
    .filter((role) => role.inForce)
    .flatMap((role) => operationsIn(role, access.appOperations).map((held) => ({ ...held, role })));
  const { limit } = access;
  const besides = withEverything(access, carried);
  const held = [...carried, ...(besides ?? [])];
  const all = limit ? held.flatMap((holding) => narrow(holding, limit)) : held;
  const byOpened = new Map<string, Holding[]>();
  for (const holding of all)
    for (const operation of openedBy(holding.operation)) {
      // What a token may not carry is not part of its limit, and the operation it is under does not open it either (T1).
      if (limit && holding.operation !== operation && !limit.has(operation)) continue;
      const beside = byOpened.get(operation);
      if (beside) beside.push(holding);
      else byOpened.set(operation, [holding]);
    }
  const found = { all, byOpened, everything: besides !== null };
  known.set(access, found);
  return found;
}

/** What is left of a holding: itself, and the operations under it where the limit has those alone, or at a wider scope. */
function narrow({ operation, scope, role }: Holding, limit: NonNullable<Access["limit"]>): Holding[] {
  const left = openedBy(operation).flatMap((opened) =>
    (limit.get(opened) ?? []).flatMap((most) => {
      const both = common(scope, most);
      return both ? [{ operation: opened, scope: both, role }] : [];
    }),
  );
  const itself = left.filter((one) => one.operation === operation).map((one) => one.scope);
  return left.filter((one) => one.operation === operation || !itself.includes(one.scope));
}

/** The scope that lies in both; null for two that reach different people. */
function common(one: Scope, other: Scope): Scope | null {
  if (one === "all" || one === other) return other;
  return other === "all" ? one : null;
}

/** What comes with holding everything without an end (R15), by way of the role that gives most of it; null without it. */
function withEverything(access: Access, carried: Holding[]): Holding[] | null {
  const lasting = carried.filter(({ role }) => endOf(access, role) === null);
  if (missingFromEverything(lasting, access.appOperations)) return null;
  const counts = new Map<EffectiveRole, number>();
  for (const { role } of lasting) counts.set(role, (counts.get(role) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most ? everythingKeys.map((operation) => ({ operation, scope: "all", role: most[0] })) : null;
}

const openedByEach = new Map<string, string[]>(
  operationKeys.map((held) => [held, [held, ...operationKeys.filter((key) => operationOf(key).under === held)]]),
);

/** What one operation opens: itself, and the operations under it. */
export const openedBy = (held: string): string[] => openedByEach.get(held) ?? [held];

/** Whether holding `a` at `scope` contains holding `b` at `other`, for two different people (R13). */
export function contains(scope: Scope, other: Scope): boolean {
  if (scope === "all") return true;
  return other === "self";
}

/** Whether an operation held opens another. */
export const opens = (held: string, wanted: string): boolean => held === wanted || openedBy(held).includes(wanted);

/** Whether two accesses give the same for as long; a no may be wrong. */
export const areAlike = (one: Access, other: Access): boolean =>
  one === other ||
  (one.endsAt?.getTime() === other.endsAt?.getTime() &&
    one.limit === other.limit &&
    one.unrestricted === other.unrestricted &&
    one.appOperations === other.appOperations &&
    one.roles.length === other.roles.length &&
    one.roles.every((role, at) => isSameRole(role, other.roles[at])));

const isSameRole = (role: EffectiveRole, other: EffectiveRole | undefined) =>
  other !== undefined &&
  role.operations === other.operations &&
  role.inForce === other.inForce &&
  role.origins.length === other.origins.length &&
  role.origins.every(({ endsAt }, at) => endsAt?.getTime() === other.origins[at]?.endsAt?.getTime());
