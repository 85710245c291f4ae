import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import type { Trace } from "@/lib/audit/record";
import type { Ctx, Person } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { withKeeper } from "@/lib/identity-providers/names";
import { lockRows } from "@/lib/kernel/lock";
import type { Target } from "@/lib/kernel/steps";
import { fullName } from "@/lib/users/names";
import type { UserRow } from "@/lib/users/scoped";

/** One's own row as the target of a change, locked; `trace` picks the fields that the event compares. */
export async function lockOwnAccount(
  ctx: Ctx<Person>,
  tx: Tx,
  trace: (record: UserRow) => Trace | null,
): Promise<Target<UserRow & { keeper: string | null }>> {
  const [record] = await lockRows(tx, tx.select().from(users).where(eq(users.id, ctx.actor.id)), "update");
  if (!record) throw notFound("Your account");
  const person = { id: record.id, name: fullName(record) };
  return { id: record.id, person, record: await withKeeper(tx, record), trace: trace(record) };
}
