import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { resources, users } from "@/db/schema";
import { type Body, versioned } from "@/lib/api/body";
import type { Endpoint } from "@/lib/api/endpoint";
import { list } from "@/lib/api/listed";
import { ownerShown, read } from "@/lib/api/reads";
import * as shapes from "@/lib/api/shapes";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { servedLists } from "@/lib/list-registry";
import { namedAs, visibleTo } from "@/lib/people/scoped";
import { uuid } from "@/lib/platform/uuid";
import { deleteResource } from "@/lib/resources/commands/delete";
import { registerResource } from "@/lib/resources/commands/register";
import { updateResource } from "@/lib/resources/commands/update";
import { registerResourceSchema as registered, updateResourceSchema } from "@/lib/resources/schema";
import { findResource, resourcesWithin } from "@/lib/resources/scoped";

/** What programs read about resources. */
export const resourceReads: Endpoint[] = [
  read({
    path: "/resources/{id}",
    name: "resource.read",
    summary: "Retrieve a resource",
    tag: "Resources",
    operation: "resource.read",
    input: z.strictObject({ id: uuid() }),
    gives: shapes.resourceShape,
    async read(ctx, { id }) {
      const resource = await getResource(ctx, id);
      return { ...resource, owner: ownerShown(resource.owner) };
    },
  }),
  list({
    ...{ path: "/resources", name: "resource.list", summary: "List resources", tag: "Resources" },
    operation: "resource.read",
    item: shapes.resourceShape,
    served: servedLists.resources,
    of: () => undefined,
    itemOf: (row) => ({ ...row, owner: ownerShown(row.owner) }),
  }),
];

export const resourceBodies: Body[] = [
  versioned(
    registerResource,
    registered.omit({ version: true }).extend({ url: registered.shape.url.default(null) }),
    (_, given, version) => ({ ...given, version }),
  ),
  versioned(
    updateResource,
    updateResourceSchema.omit({ version: true }).partial().required({ id: true }),
    async (ctx, { id, ...given }, version) => {
      const { name, url, ownerId, ...stored } = await resourceInSight(ctx, id);
      return { name, url, ownerId: ownerId ?? "", ...given, id, version: version ?? stored.version };
    },
  ),
  versioned(deleteResource, z.strictObject({ id: uuid() }), async (ctx, { id }, version) => ({
    id,
    version: version ?? (await resourceInSight(ctx, id)).version,
  })),
];

async function resourceInSight(ctx: Ctx, id: string) {
  const found = await findResource(ctx, id);
  if (!found) throw notFound("The resource");
  return found;
}

/** One resource with its owner, if the actor may see it; else `not_found`. */
async function getResource(ctx: Ctx, id: string) {
  const [found] = await ctx.db
    .select({ resource: resources, owner: users, visible: visibleTo(ctx, users.id) })
    .from(resources)
    .leftJoin(users, eq(users.id, resources.ownerId))
    .where(and(eq(resources.id, id), resourcesWithin(ctx)));
  if (!found) throw notFound("The resource");
  const { resource, owner, visible } = found;
  return { ...resource, owner: owner && { ...namedAs(owner.id, owner, visible), visible } };
}
