import { and, eq, getTableColumns } from "drizzle-orm";
import { clients } from "@/db/schema";
import { within } from "@/lib/authz/relation";
import { connectionAt } from "@/lib/clients/connection";
import { outdatedColumn } from "@/lib/clients/newest-version";
import { pausedBy } from "@/lib/clients/policy";
import { findClientOwner } from "@/lib/clients/queries";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";

/** One client with its owner, if the actor may see it; else `not_found`. */
export async function getClient(ctx: Ctx, id: string) {
  const [client] = await ctx.db
    .select({ ...getTableColumns(clients), outdated: await outdatedColumn(ctx) })
    .from(clients)
    .where(and(eq(clients.id, id), within(ctx, "client.read", clients.userId)));
  const owner = client && (await findClientOwner(ctx, client.userId));
  if (!client || !owner) throw notFound("The client");
  return {
    ...client,
    user: { id: owner.id, name: owner.name },
    connection: connectionAt({ ...client, paused: pausedBy(owner) !== null }, ctx.now()),
    tokenConfirmed: client.tokenConfirmedAt !== null,
  };
}
