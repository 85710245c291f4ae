import { sql } from "drizzle-orm";
import { postgresFault } from "@/lib/errors";
import { refusesWrites, writesAgain } from "@/lib/platform/database-faults";
import { db } from "@/lib/platform/db";
import { descriptorsRunShort } from "@/lib/platform/descriptors";
import { faultOf, log } from "@/lib/platform/log";

/** Whether this process may be sent requests, and what keeps the audit log append-only here (L4). */
export type Health = {
  status: "ready" | "draining" | "unavailable";
  auditLog?: "role" | "trigger" | "unprotected";
  /** False while the database stores nothing, as with a full disk: then people read, and nobody signs in. */
  writable?: boolean;
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
    const auditLog = row?.role ? "role" : row?.trigger ? "trigger" : "unprotected";
    return { status: "ready", auditLog, writable: await isWritable() };
  } catch (error) {
    log.error({ fault: faultOf(error) }, "database does not answer");
    return { status: "unavailable" };
  }
}

/**
 * Tried once something could not be stored: whether a table of a megabyte finds room. Of a connection that may make none
 * (42501) nothing can be said, so the next that is stored decides.
 */
async function isWritable(): Promise<boolean> {
  if (!refusesWrites()) return true;
  try {
    await db().execute(sql`create temporary table room on commit drop as select generate_series(1, 30000) as one`);
  } catch (error) {
    if (postgresFault(error)?.code !== "42501") return false;
  }
  writesAgain();
  return true;
}
