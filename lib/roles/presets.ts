import type { Tx } from "@/db/client";
import { appOperations, roleCombinations, roleOperations, roles } from "@/db/schema";
import type { PresetKey } from "@/db/seed/presets/preset";
import { presetOf } from "@/db/seed/presets/presets";
import { precondition } from "@/lib/errors";
import { foldName } from "@/lib/users/names";

/**
 * Stores the roles and app operations of a preset, inside somebody else's change; gives the role ids by name.
 * Refuses a database that already has roles.
 */
export async function installPreset(tx: Tx, key: PresetKey): Promise<Map<string, string>> {
  const preset = presetOf(key);
  const [known] = await tx.select({ name: roles.name }).from(roles).limit(1);
  if (known) throw precondition(`Roles exist already ("${known.name}"), so a preset cannot be installed.`);

  const stored = await tx
    .insert(roles)
    .values(
      preset.roles.map(({ name, description, kind, rank, admin = false }) => ({
        name,
        nameKey: foldName(name),
        description,
        kind,
        rank,
        admin,
        builtIn: admin,
      })),
    )
    .returning({ id: roles.id, name: roles.name });
  const ids = new Map(stored.map(({ id, name }) => [name, id]));
  const idOf = (name: string) => {
    const id = ids.get(name);
    if (!id) throw new Error(`The preset "${preset.name}" has no role "${name}"`);
    return id;
  };

  await tx
    .insert(roleOperations)
    .values(
      preset.roles.flatMap(({ name, operations }) => operations.map((held) => ({ roleId: idOf(name), ...held }))),
    );
  const combinations = preset.roles.flatMap(({ name, combinesWith = [] }) =>
    combinesWith.map((primary) => ({ roleId: idOf(name), primaryRoleId: idOf(primary) })),
  );
  if (combinations.length > 0) await tx.insert(roleCombinations).values(combinations);
  if (preset.appOperations.length > 0)
    await tx.insert(appOperations).values(preset.appOperations).onConflictDoNothing();
  return ids;
}
