import type { Db, Tx } from "@/db/client";
import { loadAccess } from "@/lib/authz/load";
import type { Reads } from "@/lib/context";
import type { Settings } from "@/lib/platform/settings-catalogue";

/**
 * Whether this person must have a second factor at this moment (S7). "Administrators" here are all in whom "Admin" is in
 * force, those for a time included: they can do the same harm.
 */
export async function isFactorRequired(
  db: Reads | Db | Tx,
  userId: string,
  settings: Pick<Settings, "factors.required">,
  now: Date,
): Promise<boolean> {
  const required = settings["factors.required"];
  if (required !== "administrators") return required === "everybody";
  const { roles } = await loadAccess(db, userId, now);
  return roles.some((role) => role.admin && role.inForce);
}
