import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { kept } from "@/db/kept";
import { groups } from "@/db/schema";
import { scopesOf } from "@/lib/authz/evaluate";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { lockOnce, lockRows } from "@/lib/kernel/lock";
import { isId } from "@/lib/normalization/id";
import type { OperationKey } from "@/lib/operations";
import { together } from "@/lib/platform/together";

export type GroupRow = typeof groups.$inferSelect;

/** The groups on which the actor may use an operation, as a condition on `groups`: all of them, or those they own (R11). */
export function groupsWithin({ actor }: Ctx, operation: OperationKey): SQL {
  const scopes = scopesOf(actor.access, operation);
  if (scopes.has("all")) return sql`true`;
  return scopes.has("owned_groups") ? sql`groups.owner_id = ${actor.access.personId}` : sql`false`;
}

/** Whether the actor reaches some groups only. */
export const isScoped = ({ actor }: Ctx, operation: OperationKey): boolean =>
  !scopesOf(actor.access, operation).has("all");

/** A group that the actor may see, or null. `id`: as an address has it. */
export async function findGroup(ctx: Ctx, id: string): Promise<GroupRow | null> {
  if (!isId(id)) return null;
  const [group] = await kept(ctx.db.select().from(groups).where(visible(ctx, id)));
  return group ?? null;
}

/**
 * The same, locked for this change; else `not_found`, like one that is not there. A membership written in the meantime needs
 * the row to stay, and that is all it needs.
 */
export async function lockGroup(ctx: Ctx, tx: Tx, id: string): Promise<GroupRow> {
  const group = await lockTogether(tx, { ctx, id });
  if (!group) throw notFound("The group");
  return group;
}

/** All for one actor, in the order of the ids. */
const lockTogether = together<{ ctx: Ctx; id: string }, GroupRow | null>(async (tx, wanted) => {
  const [{ ctx }] = wanted as [{ ctx: Ctx; id: string }];
  const ids = wanted.map(({ id }) => id);
  lockOnce(tx, "groups", ids);
  const rows = tx
    .select()
    .from(groups)
    .where(and(inArray(groups.id, ids), groupsWithin(ctx, "group.read")))
    .orderBy(groups.id);
  const found = new Map((await lockRows(tx, rows, "no key update")).map((group) => [group.id, group]));
  return ids.map((id) => found.get(id.toLowerCase()) ?? null);
});

const visible = (ctx: Ctx, id: string) => and(eq(groups.id, id), groupsWithin(ctx, "group.read"));
