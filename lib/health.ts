import { sql } from "drizzle-orm";
import { descriptorsRunShort } from "@/lib/connections/descriptors";
import { db } from "@/lib/db";
import { faultOf, log } from "@/lib/log";

/** Whether this process may be sent requests, and what keeps the audit log append-only here (L4). */
export type Health = {
  status: "ready" | "draining" | "unavailable";
  auditLog?: "role" | "trigger" | "unprotected";
  /** More than nine tenths of the files that this process may open, connections included, are open. */
  descriptors?: "short";
};

const kept = globalThis as { gatehouseDraining?: boolean };

/** From now on `ready` answers 503, so that a proxy stops sending. */
export const startDraining = () => {
  kept.gatehouseDraining = true;
};

export async function readiness(): Promise<Health> {
  if (kept.gatehouseDraining) return { status: "draining" };
  if (await descriptorsRunShort()) return { status: "unavailable", descriptors: "short" };
  try {
    const [row] = await db()
      .select({
        role: sql<boolean>`not has_table_privilege(current_user, 'events', 'UPDATE') and not has_table_privilege(current_user, 'events', 'DELETE')`,
        trigger: sql<boolean>`exists(select 1 from pg_trigger where tgname = 'events_append_only' and tgenabled <> 'D')`,
      })
      .from(sql`(select 1) one`);
    return { status: "ready", auditLog: row?.role ? "role" : row?.trigger ? "trigger" : "unprotected" };
  } catch (error) {
    log.error({ fault: faultOf(error) }, "database does not answer");
    return { status: "unavailable" };
  }
}
