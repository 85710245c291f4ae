import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { clientDays, clients, settings, users } from "@/db/schema";
import { type DemonstrationMark, demonstrationKey } from "@/lib/demo/mark";

/**
 * The clients of the demonstration have no machines behind them: while it runs, its server beats for those that are
 * shown online. One that somebody deregistered or reprovisioned, or whose user is no longer active, stays silent.
 */
export async function beatForDemonstration(db: Db, now: Date): Promise<number> {
  const [mark] = await db.select().from(settings).where(eq(settings.key, demonstrationKey));
  const online = (mark?.value as DemonstrationMark | undefined)?.online ?? [];
  if (online.length === 0) return 0;
  const beaten = await db
    .update(clients)
    .set({ lastHeartbeatAt: now })
    .where(
      and(
        inArray(clients.id, online),
        eq(clients.status, "registered"),
        eq(clients.awaiting, false),
        sql`exists(select 1 from ${users} u where u.id = ${clients.userId} and u.status = 'active')`,
      ),
    )
    .returning({ id: clients.id });
  const day = now.toISOString().slice(0, 10);
  if (beaten.length > 0)
    await db
      .insert(clientDays)
      .values(beaten.map(({ id }) => ({ day, clientId: id })))
      .onConflictDoNothing();
  return beaten.length;
}
