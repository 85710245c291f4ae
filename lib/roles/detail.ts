import { and, asc, eq, ne } from "drizzle-orm";
import type { RoleKind } from "@/db/enums";
import { appOperations, roleCombinations, roleOperations, roles } from "@/db/schema";
import { ownAccount } from "@/db/seed/presets/preset";
import { authorizeAll } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import { holds, holdsBeyondSelf } from "@/lib/authz/evaluate";
import { mayGive } from "@/lib/authz/grants";
import { givenBy, operationsIn } from "@/lib/authz/model";
import type { Ctx, Person } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { boundedTotal, type Total } from "@/lib/lists/pagination";
import { isId } from "@/lib/normalization/id";
import { type MatrixGroup, operationMatrix } from "@/lib/roles/matrix";
import { mayChangeRole, mayDeleteRole, type RoleUsage, usageWords } from "@/lib/roles/policy";
import type { HeldOperation } from "@/lib/roles/schema";
import { pairOf } from "@/lib/roles/scopes";
import { seesRoles } from "@/lib/roles/store";
import { holdersOf, someHolders, usageOf } from "@/lib/roles/usage";

/** The fields of a role as its form holds them. */
export type RoleValues = {
  name: string;
  description: string;
  kind: RoleKind;
  rank: number | null;
  combinesWith: string[];
  operations: HeldOperation[];
};

export type PrimaryRole = { id: string; name: string; rank: number };

export type RoleDetail = RoleValues & {
  id: string;
  version: number;
  builtIn: boolean;
  /** What its holder has by it: `operations`, and what comes with everything (R15). */
  gives: HeldOperation[];
  abilities: { update: Decision; delete: Decision; create: Decision };
  /** Whether there are people to whom the viewer may give it. */
  mayAssign: boolean;
  /** People in sight in whom it is in force. */
  people: Total;
  usage: RoleUsage;
  /** Some people in sight in whom it is dormant: no list shows them by their role. */
  asleep: { id: string; name: string }[];
  /** Who uses it, in words and with an example; null when nobody does. */
  used: string | null;
};

/** A role with what may be done to it, or `not_found`. The built-in one carries every operation, computed (R3). */
export async function getRole(ctx: Ctx, id: string): Promise<RoleDetail> {
  const { role, operations, gives, combinesWith } = await read(ctx, id);
  const { access } = ctx.actor;
  const may = await authorizeAll(ctx, ctx.db, ["role.update", "role.delete", "role.create"], { person: null });
  const [usage, [example], asleep, holders] = [
    await usageOf(ctx, ctx.db, role),
    await someHolders(ctx, role, "inForce", 1),
    await someHolders(ctx, role, "dormant", 10),
    await holdersOf(ctx, [role]),
  ];
  const subject = { name: role.name, builtIn: role.builtIn, operations };
  return {
    id: role.id,
    version: role.version,
    builtIn: role.builtIn,
    name: role.name,
    description: role.description,
    kind: role.kind,
    rank: role.rank,
    combinesWith,
    operations,
    gives,
    abilities: {
      update: may["role.update"].ok ? mayChangeRole(access, subject) : may["role.update"],
      delete: may["role.delete"].ok ? mayDeleteRole(access, subject, usage) : may["role.delete"],
      create: may["role.create"],
    },
    mayAssign: holdsBeyondSelf(access, "user.update") && mayGive(access, role.name, operations, null).ok,
    people: holders.get(role.id) ?? boundedTotal(0),
    usage,
    asleep,
    used: usageWords(usage, example?.name),
  };
}

async function read(ctx: Ctx, id: string) {
  const [role] = seesRoles(ctx) && isId(id) ? await ctx.db.select().from(roles).where(eq(roles.id, id)) : [];
  if (!role) throw notFound("The role");
  const stored = await ctx.db
    .select({ operation: roleOperations.operation, scope: roleOperations.scope })
    .from(roleOperations)
    .where(eq(roleOperations.roleId, id));
  const apps = (await ctx.db.select({ key: appOperations.key }).from(appOperations)).map(({ key }) => key);
  const held = { admin: role.admin, operations: stored };
  const combined = await ctx.db.select().from(roleCombinations).where(eq(roleCombinations.roleId, id));
  return {
    role,
    operations: operationsIn(held, apps),
    gives: givenBy(held, apps),
    combinesWith: combined.map(({ primaryRoleId }) => primaryRoleId),
  };
}

/** What the form of a role needs beside the role: the ladder, the operations, and those that the viewer may not give. */
export type RoleFormParts = {
  ladder: PrimaryRole[];
  matrix: MatrixGroup[];
  /** "user.read all" for what the viewer does not hold permanently, and so cannot put into a role (R8). */
  withheld: string[];
};

export async function roleFormParts(ctx: Ctx<Person>, roleId: string | null): Promise<RoleFormParts> {
  const matrix = await operationMatrix(ctx.db);
  const { access } = ctx.actor;
  const everything = matrix.flatMap(({ operations }) =>
    operations.flatMap(({ operation, scopes }) => scopes.map((scope) => ({ operation, scope }))),
  );
  return {
    ladder: await ladderOf(ctx, roleId),
    matrix,
    withheld: everything
      .filter(({ operation, scope }) => !holds(access, operation, scope, null))
      .map(({ operation, scope }) => pairOf(operation, scope)),
  };
}

/** The primary roles from the top, without one. */
async function ladderOf(ctx: Ctx, exceptId: string | null): Promise<PrimaryRole[]> {
  const rungs = await ctx.db
    .select({ id: roles.id, name: roles.name, rank: roles.rank })
    .from(roles)
    .where(and(eq(roles.kind, "primary"), exceptId ? ne(roles.id, exceptId) : undefined))
    .orderBy(asc(roles.rank), asc(roles.nameKey));
  return rungs.map(({ rank, ...role }, above) => ({ ...role, rank: rank ?? above + 1 }));
}

/** What the form of a new role begins with: nothing, or a copy of a role without its name. */
export async function newRoleValues(ctx: Ctx<Person>, copyId: string | undefined): Promise<RoleValues> {
  if (!copyId) return { name: "", description: "", kind: "additional", rank: null, combinesWith: [], operations: [] };
  const { role, operations, combinesWith } = await read(ctx, copyId);
  return {
    name: `Copy of ${role.name}`.slice(0, 64),
    description: role.description,
    kind: role.kind,
    rank: role.rank === null ? null : role.rank + 1,
    combinesWith,
    operations,
  };
}

/** The floor of every primary role: what anybody may do with their own account. */
export const floorOfPrimary = (): HeldOperation[] => [...ownAccount];
