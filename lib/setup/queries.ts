import { users } from "@/db/schema";
import type { PresetKey, PresetRole } from "@/db/seed/presets/preset";
import { presets } from "@/db/seed/presets/presets";
import type { Reads } from "@/lib/context";
import { exampleOf } from "@/lib/setup/preset-example";

/** Whether there is any user; once there is, /setup is gone permanently. */
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
  /** What it amounts to, described by people who hold its roles. */
  example: string;
  /** What the first administrator holds. */
  administrator: string[];
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
    example: exampleOf(roles),
    administrator: rolesOfAdministrator(roles),
  }));
}

/** The highest primary role that the built-in Admin may be combined with, and Admin itself: see `storeAdministrator`. */
function rolesOfAdministrator(roles: PresetRole[]): string[] {
  const admin = roles.find((role) => role.admin);
  const fits = ({ name, kind }: PresetRole) =>
    kind === "primary" && (!admin?.combinesWith?.length || admin.combinesWith.includes(name));
  const highest = roles.filter(fits).toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))[0];
  return [highest, admin].flatMap((role) => role?.name ?? []);
}
