import { inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { roles } from "@/db/schema";
import { invalidField } from "@/lib/errors";

/** A service account has additional roles alone (T6). */
export async function checkAccountRoles(tx: Tx, roleIds: string[]): Promise<void> {
  if (roleIds.length === 0) return;
  const known = await tx.select().from(roles).where(inArray(roles.id, roleIds));
  if (known.length < roleIds.length) throw invalidField("roleIds", "One of these roles no longer exists.");
  const primary = known.find(({ kind }) => kind !== "additional");
  if (primary)
    throw invalidField("roleIds", `"${primary.name}" is a primary role. A service account has additional roles.`);
}
