import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { resources, users } from "@/db/schema";
import { hasLeft } from "@/lib/authz/account-status";
import { inSightOrSelf, within } from "@/lib/authz/relation";
import type { Ctx, Reads } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { lockRows } from "@/lib/kernel/lock";
import type { Target } from "@/lib/kernel/steps";
import { isId } from "@/lib/normalization/id";
import { fullName } from "@/lib/normalization/names";
import { type ResourceRow, traceOf } from "@/lib/resources/store";

/** The resources that the actor may see, by whose they are (R11). */
export const resourcesWithin = (ctx: Ctx) => within(ctx, "resource.read", resources.ownerId);

/**
 * Those whose owner was erased permanently (U14), or has left and is in sight: the state of anybody else is not revealed (R11). They are
 * looked up by the few who have left, not asked of each row.
 */
export const ownerHasLeft = (ctx: Ctx) => sql`resources.id in (
  select owned.id from resources owned where owned.owner_id is null
  union all select owned.id from users join resources owned on owned.owner_id = users.id
   where ${hasLeft(ctx.now())} and ${inSightOrSelf(ctx, sql`users.id`)})`;

/** A resource that the actor may see, or null. `id`: as an address has it. */
export async function findResource(ctx: Ctx, id: string): Promise<ResourceRow | null> {
  if (!isId(id)) return null;
  const [resource] = await ctx.db.select().from(resources).where(visible(ctx, id));
  return resource ?? null;
}

/** The same as the target of a change: locked; else `not_found`, like one that is not there. */
export async function resourceTarget(ctx: Ctx, tx: Tx, id: string): Promise<Target<ResourceRow>> {
  const [resource] = await lockRows(tx, tx.select().from(resources).where(visible(ctx, id)), "update");
  if (!resource) throw notFound("The resource");
  return targetOf(tx, resource);
}

export const targetOf = async (tx: Tx, resource: ResourceRow): Promise<Target<ResourceRow>> => ({
  id: resource.id,
  person: resource.ownerId ? await someone(tx, resource.ownerId) : null,
  record: resource,
  trace: traceOf(resource),
  facts: { resource: resource.name },
});

/** Somebody by name, in sight or not: for a decision about what is theirs. */
export async function someone(db: Reads | Tx, id: string): Promise<{ id: string; name: string } | null> {
  const [person] = await db.select().from(users).where(eq(users.id, id));
  return person ? { id: person.id, name: fullName(person) } : null;
}

const visible = (ctx: Ctx, id: string) => and(eq(resources.id, id), resourcesWithin(ctx));
