import { and, inArray, sql } from "drizzle-orm";
import { roleOperations, roles, users } from "@/db/schema";
import { shortId } from "@/lib/audit-log/filters";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import type { Choice, Wanted } from "@/lib/lists/filters";
import { fullName } from "@/lib/normalization/names";
import { choosePeople } from "@/lib/people/pickers";
import { searchCondition } from "@/lib/people/search";

/** People, also archived ones, whose events the actor may read, by part of the name, username or email; at most 20. */
export function findAuditedPeople(ctx: Ctx, wanted: Wanted): Promise<Choice[]> {
  if (typeof wanted !== "string") return labelPeople(ctx, wanted.ids);
  return choosePeople(ctx, [within(ctx, "audit.read", users.id), searchCondition(wanted)]);
}

/** Labels for ids in an address: names of those whose events the actor may read, and nothing about the others. */
export async function labelPeople(ctx: Ctx, ids: string[]): Promise<{ id: string; label: string; known: boolean }[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .select({ id: users.id, firstName: users.firstName, lastName: users.lastName })
    .from(users)
    .where(and(inArray(users.id, ids), within(ctx, "audit.read", users.id)));
  const names = new Map(rows.map((row) => [row.id, fullName(row)]));
  return ids.map((id) => ({ id, label: names.get(id) ?? shortId(id), known: names.has(id) }));
}

/** Names of the roles that open everybody's events: whom to ask. */
export async function auditReaders(ctx: Ctx): Promise<string[]> {
  const opens = sql`(${roles.admin} or exists(select 1 from ${roleOperations}
    where ${roleOperations.roleId} = ${roles.id} and ${roleOperations.operation} = 'audit.read' and ${roleOperations.scope} = 'all'))`;
  const rows = await ctx.db.select({ name: roles.name }).from(roles).where(opens).orderBy(roles.name);
  return rows.map(({ name }) => name);
}
