import { and, eq } from "drizzle-orm";
import { resources, users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { namedAs, visibleTo } from "@/lib/people/scoped";
import { resourcesWithin } from "@/lib/resources/scoped";

/** One resource with its owner, if the actor may see it; else `not_found`. */
export async function getResource(ctx: Ctx, id: string) {
  const [found] = await ctx.db
    .select({ resource: resources, owner: users, visible: visibleTo(ctx, users.id) })
    .from(resources)
    .leftJoin(users, eq(users.id, resources.ownerId))
    .where(and(eq(resources.id, id), resourcesWithin(ctx)));
  if (!found) throw notFound("The resource");
  const { resource, owner, visible } = found;
  return { ...resource, owner: owner && { ...namedAs(owner.id, owner, visible), visible } };
}
