import { users } from "@/db/schema";
import type { PresetKey } from "@/db/seed/presets/preset";
import { presets } from "@/db/seed/presets/presets";
import type { Reads } from "@/lib/context";

/** Whether there is any user; once there is, /setup is gone for ever. */
export async function isSetUp(db: Pick<Reads, "select">): Promise<boolean> {
  const [user] = await db.select({ id: users.id }).from(users).limit(1);
  return user !== undefined;
}

/** A preset as its card shows it: the ladder of primary roles, and what can come on top. */
export type PresetChoice = {
  key: PresetKey;
  name: string;
  description: string;
  ladder: { name: string; description: string }[];
  additional: string[];
};

export function listPresets(): PresetChoice[] {
  return presets.map(({ key, name, description, roles }) => ({
    key,
    name,
    description,
    ladder: roles
      .filter(({ kind }) => kind === "primary")
      .map((role) => ({ name: role.name, description: role.description })),
    additional: roles.filter(({ kind }) => kind === "additional").map((role) => role.name),
  }));
}
