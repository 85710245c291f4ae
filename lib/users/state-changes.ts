import { and, desc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { events } from "@/db/schema";
import { raiserOf, staleProblem } from "@/lib/audit/raiser";
import type { Ctx, Reads } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { fullName } from "@/lib/normalization/names";
import type { UserRow } from "@/lib/people/scoped";
import { userOperations } from "@/lib/users/operations";

/** A change of an account's state raises no version (U9), so "Undo" compares the event of the last of these. */
const changes = ["user.disable", "user.enable", "user.archive", "user.restore"] as const;

type StateChange = { id: string; operation: (typeof changes)[number]; actorId: string | null };

/** Null where the log has none. */
export async function lastStateChange(db: Reads | Tx, userId: string): Promise<StateChange | null> {
  const { id, at, operation, actorId, targetId, outcome } = events;
  const [last] = await db
    .select({ id, operation, actorId })
    .from(events)
    .where(and(eq(targetId, userId), inArray(operation, changes), eq(outcome, "succeeded")))
    .orderBy(desc(at), desc(id))
    .limit(1);
  return (last as StateChange | undefined) ?? null;
}

/** Refuses to go back on a change of state that another has followed, and says whose. */
export async function refuseFollowed(ctx: Ctx, tx: Tx, person: UserRow, seenChangeId: string): Promise<void> {
  const last = await lastStateChange(tx, person.id);
  if (!last || last.id === seenChangeId.toLowerCase()) return;
  const { name, self, named } = await raiserOf(ctx, tx, { versionEventId: last.id });
  const who = `${name.charAt(0).toUpperCase()}${name.slice(1)} ${self ? "have" : "has"}`;
  throw new AppError(
    "conflict",
    `${who} ${userOperations[last.operation].told.past} ${fullName(person)} since then, so nothing was undone.`,
    { named, details: { problem: staleProblem } },
  );
}
