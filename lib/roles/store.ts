import { and, asc, eq, inArray, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { lockNames } from "@/db/locks";
import { appOperations, roleCombinations, roleOperations, roles } from "@/db/schema";
import type { Trace } from "@/lib/audit/record";
import { scopesOf } from "@/lib/authz/evaluate";
import type { Carried } from "@/lib/authz/grants";
import type { Ctx } from "@/lib/context";
import { AppError, forbidden, invalidField, notFound } from "@/lib/errors";
import { lockName, lockRows } from "@/lib/kernel/lock";
import { foldName } from "@/lib/normalization/fold";
import { isOperation, operationOf } from "@/lib/operations";
import { lookAlike, lookAlikeKey } from "@/lib/roles/look-alike";
import { mayCarry } from "@/lib/roles/policy";
import { scopesByWidth, scopeWords } from "@/lib/roles/scopes";

/** The rows of roles inside somebody's change. */
export type RoleRow = typeof roles.$inferSelect;
export type StoredRole = RoleRow & { operations: Carried; combinesWith: string[] };

/** One change of roles at a time: names that look alike and the rungs of the ladder concern all of them. */
export async function lockRoles(tx: Tx): Promise<void> {
  await lockName(tx, lockNames.roles);
}

/** A role that the actor may see, locked with what hangs on it; else `not_found`. */
export async function lockRole(ctx: Ctx, tx: Tx, id: string): Promise<StoredRole> {
  await lockRoles(tx);
  const row = tx.select().from(roles).where(eq(roles.id, id));
  const [role] = seesRoles(ctx) ? await lockRows(tx, row, "update") : [];
  if (!role) throw notFound("The role");
  const operations = await tx
    .select({ operation: roleOperations.operation, scope: roleOperations.scope })
    .from(roleOperations)
    .where(eq(roleOperations.roleId, id))
    .orderBy(roleOperations.operation, roleOperations.scope);
  const combined = await tx.select().from(roleCombinations).where(eq(roleCombinations.roleId, id));
  return { ...role, operations, combinesWith: combined.map((row) => row.primaryRoleId) };
}

export const seesRoles = (ctx: Ctx) => scopesOf(ctx.actor.access, "role.read").has("all");

/** For reads of all roles: pages ask the same before. */
export function requireRoles(ctx: Ctx): void {
  if (!seesRoles(ctx)) throw forbidden("You don't have permission to see roles and their operations.");
}

/** At its field, and a refusal of its own kind: a name that is meant to be mistaken is logged. */
const mistakable = (message: string) => new AppError("precondition", message, { fields: { name: message } });

const reserved = ["Admin", "Administrator"].map(lookAlikeKey);

/** Refuses a name that people would take for another role's, at the field. */
export async function checkName(tx: Tx, name: string, roleId: string | null): Promise<void> {
  const key = lookAlikeKey(name);
  if (key === "") throw invalidField("name", "A name has at least one letter or digit.");
  const others = await tx
    .select({ name: roles.name })
    .from(roles)
    .where(roleId ? ne(roles.id, roleId) : undefined);
  const twin = others.find((other) => lookAlike(other.name, name));
  if (twin && foldName(twin.name) === foldName(name))
    throw invalidField("name", `A role named "${twin.name}" already exists. Names are not case-sensitive.`);
  if (twin)
    throw mistakable(`"${name}" looks like the role "${twin.name}". Choose a name that cannot be confused with it.`);
  if (reserved.includes(key))
    throw mistakable(`"${name}" looks like the built-in role that can do everything. Choose another name.`);
}

/** Refuses an operation that does not exist, or at a scope that it does not take. */
export async function checkOperations(tx: Tx, operations: Carried): Promise<void> {
  const keys = operations.map(({ operation }) => operation).filter((key) => !isOperation(key));
  const declared =
    keys.length > 0
      ? await tx.select({ key: appOperations.key }).from(appOperations).where(inArray(appOperations.key, keys))
      : [];
  const wrong = mayCarry(
    operations,
    declared.map(({ key }) => key),
  );
  if (!wrong.ok) throw invalidField("operations", wrong.reason);
}

/** Refuses combinations with what is no primary role, and any for a primary role. */
export async function checkCombinations(tx: Tx, kind: RoleRow["kind"], primaryIds: string[]): Promise<void> {
  if (primaryIds.length === 0) return;
  if (kind === "primary") throw invalidField("combinesWith", "A primary role cannot be combined with others.");
  const known = await tx
    .select({ id: roles.id })
    .from(roles)
    .where(and(inArray(roles.id, primaryIds), eq(roles.kind, "primary")));
  if (known.length < new Set(primaryIds).size)
    throw invalidField("combinesWith", "One of these primary roles no longer exists.");
}

export async function saveOperations(tx: Tx, roleId: string, operations: Carried): Promise<void> {
  await tx.delete(roleOperations).where(eq(roleOperations.roleId, roleId));
  if (operations.length > 0)
    await tx.insert(roleOperations).values(operations.map(({ operation, scope }) => ({ roleId, operation, scope })));
}

export async function saveCombinations(tx: Tx, roleId: string, primaryIds: string[]): Promise<void> {
  await tx.delete(roleCombinations).where(eq(roleCombinations.roleId, roleId));
  const ids = [...new Set(primaryIds)];
  if (ids.length > 0) await tx.insert(roleCombinations).values(ids.map((primaryRoleId) => ({ roleId, primaryRoleId })));
}

/** Auditable fields of a role: one per operation, so that an event names those that changed and no others. */
export async function traceOf(tx: Tx, role: StoredRole): Promise<Trace> {
  const combined =
    role.combinesWith.length > 0
      ? await tx
          .select({ name: roles.name })
          .from(roles)
          .where(inArray(roles.id, role.combinesWith))
          .orderBy(asc(roles.rank))
      : [];
  return {
    name: role.name,
    description: role.description,
    kind: role.kind,
    rank: role.rank,
    combinesWith: role.kind === "primary" ? null : combined.length > 0 ? combined.map(({ name }) => name) : "any",
    ...carriedTrace(role.operations),
  };
}

/** Operations by what people call them, each with the scopes at which it is carried. */
export function carriedTrace(operations: Carried): Trace {
  const held: Trace = {};
  const ordered = scopesByWidth.flatMap((scope) => operations.filter((one) => one.scope === scope));
  for (const { operation, scope } of ordered) {
    const field = isOperation(operation) ? `${operationOf(operation).sentence} (${operation})` : `May ${operation}`;
    held[field] = [held[field], scopeWords[scope]].filter(Boolean).join(", ");
  }
  return held;
}
