import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import { within } from "@/lib/access/relation";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import type { OperationKey } from "@/lib/operations";

export type UserRow = typeof users.$inferSelect;

/** A person's row, locked for this change, if the actor may see it by `operation`; else `not_found`, like one that is not there. */
export async function lockPerson(ctx: Ctx, tx: Tx, operation: OperationKey, id: string): Promise<UserRow> {
  const [person] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, id), within(ctx, operation, users.id)))
    .for("update");
  if (!person) throw notFound("The user");
  return person;
}

/** The same without the lock, for reading. */
export async function findPerson(ctx: Ctx, operation: OperationKey, id: string): Promise<UserRow | null> {
  const [person] = await ctx.db
    .select()
    .from(users)
    .where(and(eq(users.id, id), within(ctx, operation, users.id)));
  return person ?? null;
}
