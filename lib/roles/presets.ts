import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appOperations, roleCombinations, roleOperations, roles } from "@/db/schema";
import type { Preset, PresetKey, PresetRole } from "@/db/seed/presets/preset";
import { presetOf } from "@/db/seed/presets/presets";
import type { Reads } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { foldName } from "@/lib/normalization/fold";
import { lookAlike } from "@/lib/roles/look-alike";

/**
 * Stores the roles and app operations of a preset, inside somebody else's change; gives the role ids by name.
 * Refuses a database that already has roles.
 */
export async function installPreset(tx: Tx, key: PresetKey): Promise<Map<string, string>> {
  const preset = presetOf(key);
  const [known] = await tx.select({ name: roles.name }).from(roles).limit(1);
  if (known) throw precondition(`Roles already exist ("${known.name}"), so a preset cannot be installed.`);
  return storeRoles(tx, preset.roles, preset.appOperations);
}

export type Skipped = { name: string; reason: string };

/** Which roles of a preset would be added to those that are there, and why not the others. */
export async function presetPlan(db: Reads | Tx, preset: Preset): Promise<{ adds: PresetRole[]; skipped: Skipped[] }> {
  const known = await db.select({ name: roles.name, kind: roles.kind, admin: roles.admin }).from(roles);
  const adds: PresetRole[] = [];
  const skipped: Skipped[] = [];
  const administration = known.find(({ admin }) => admin);
  for (const role of preset.roles) {
    const twin = known.find(({ name }) => lookAlike(name, role.name));
    if (role.admin && administration)
      skipped.push({
        name: role.name,
        reason: `"${administration.name}" is the built-in role that can do everything.`,
      });
    else if (twin) skipped.push({ name: role.name, reason: "A role with this name already exists." });
    else adds.push(role);
  }
  return { adds, skipped };
}

/** Stores these roles; primary ones come below those that are there, in their own order. Returns the ids by name. */
export async function storeRoles(
  tx: Tx,
  adds: PresetRole[],
  declared: Preset["appOperations"],
): Promise<Map<string, string>> {
  const [lowest] = await tx.select({ rank: sql<number>`coalesce(max(${roles.rank}), 0)::int` }).from(roles);
  let rank = lowest?.rank ?? 0;
  const ordered = [...adds].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  await tx.insert(roles).values(
    ordered.map(({ name, description, kind, admin = false }) => ({
      name,
      nameKey: foldName(name),
      description,
      kind,
      rank: kind === "primary" ? ++rank : null,
      admin,
      builtIn: admin,
    })),
  );
  const stored = await tx.select({ id: roles.id, name: roles.name }).from(roles);
  const ids = new Map(stored.map(({ id, name }) => [name, id]));
  const primaries = await tx.select({ id: roles.id }).from(roles).where(eq(roles.kind, "primary"));
  const idOf = (name: string) => {
    const id = ids.get(name);
    if (!id) throw new Error(`There is no role "${name}"`);
    return id;
  };

  const operations = adds.flatMap(({ name, operations: held }) => held.map((one) => ({ roleId: idOf(name), ...one })));
  if (operations.length > 0) await tx.insert(roleOperations).values(operations);
  const combinations = adds.flatMap(({ name, combinesWith = [] }) =>
    combinesWith.map((primary) => ({ roleId: idOf(name), primaryRoleId: idOf(primary) })),
  );
  if (combinations.some(({ primaryRoleId }) => !primaries.some(({ id }) => id === primaryRoleId)))
    throw precondition("A role of this preset needs a primary role that is none here.");
  if (combinations.length > 0) await tx.insert(roleCombinations).values(combinations);
  if (declared.length > 0) await tx.insert(appOperations).values(declared).onConflictDoNothing();
  return ids;
}
