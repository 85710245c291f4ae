import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import type { Trace } from "@/lib/audit/record";
import type { Ctx, Person } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { lockRows } from "@/lib/kernel/lock";
import type { Target } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import { type Kept, withKeeper } from "@/lib/people/keeper";
import type { UserRow } from "@/lib/people/scoped";

/** One's own row as the target of a change, locked; `trace` picks the fields that the event compares. */
export async function lockOwnAccount(
  ctx: Ctx<Person>,
  tx: Tx,
  trace: (record: UserRow) => Trace | null,
): Promise<Target<UserRow & Kept>> {
  const [found] = await lockRows(tx, tx.select().from(users).where(eq(users.id, ctx.actor.id)), "update");
  if (!found) throw notFound("Your account");
  const record = await withKeeper(tx, found);
  return { id: record.id, person: { id: record.id, name: fullName(record) }, record, trace: trace(record) };
}
