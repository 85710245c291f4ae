import { and, inArray, sql } from "drizzle-orm";
import { roleOperations, roles, users } from "@/db/schema";
import type { EventPage, EventQuery } from "@/lib/audit/queries";
import { listEvents, listOwnEvents } from "@/lib/audit/queries";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { isId } from "@/lib/lists/search-params";
import { fullName } from "@/lib/normalization/names";
import { searchCondition } from "@/lib/users/list/search";
import { type Choice, choosePeople } from "@/lib/users/pickers";
import { findPerson } from "@/lib/users/scoped";

/** People, also archived ones, whose events the actor may read, by part of the name, username or email; at most 20. */
export function searchAuditedPeople(ctx: Ctx, q: string): Promise<Choice[]> {
  return choosePeople(ctx, [within(ctx, "audit.read", users.id), searchCondition(q)]);
}

/** Labels for ids in an address: names of those whose events the actor may read, and nothing told of the others. */
export async function labelPeople(ctx: Ctx, ids: string[]): Promise<{ id: string; label: string; known: boolean }[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .select({ id: users.id, firstName: users.firstName, lastName: users.lastName })
    .from(users)
    .where(and(inArray(users.id, ids), within(ctx, "audit.read", users.id)));
  const names = new Map(rows.map((row) => [row.id, fullName(row)]));
  return ids.map((id) => ({ id, label: names.get(id) ?? `…${id.slice(-4)}`, known: names.has(id) }));
}

export type Activity = {
  person: { id: string; name: string };
  /** Null when the actor sees the person but may not read their events. */
  page: EventPage | null;
};

/**
 * What happened to a person and what they did, as far as the actor may read it; one's own account always. Null for
 * somebody whom the actor may not see. Throws `invalid` for a cursor that does not fit.
 */
export async function findActivity(ctx: Ctx<Person>, userId: string, query: EventQuery): Promise<Activity | null> {
  if (!isId(userId)) return null;
  const found = await findPerson(ctx, "user.read", userId);
  if (!found) return null;
  const person = { id: found.id, name: fullName(found) };
  const mine = { ...query, filters: { ...query.filters, person: [found.id] } };
  const [label] = await labelPeople(ctx, [found.id]);
  if (label?.known) return { person, page: await listEvents(ctx, mine) };
  return { person, page: found.id === ctx.actor.id ? await listOwnEvents(ctx, query) : null };
}

/** Names of the roles that open everybody's events: whom to ask. */
export async function auditReaders(ctx: Ctx): Promise<string[]> {
  const opens = sql`(${roles.admin} or exists(select 1 from ${roleOperations}
    where ${roleOperations.roleId} = ${roles.id} and ${roleOperations.operation} = 'audit.read' and ${roleOperations.scope} = 'all'))`;
  const rows = await ctx.db.select({ name: roles.name }).from(roles).where(opens).orderBy(roles.name);
  return rows.map(({ name }) => name);
}
