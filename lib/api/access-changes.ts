import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import type { Command } from "@/lib/kernel/command";
import { type Affected, previewChange } from "@/lib/previews/preview";

/** Whose access a command can change, for those of which a page shows it before it is saved (R9), by key. */
const affected: Record<string, (id: string) => Affected> = {
  "user.update": (id) => ({ people: [id] }),
  "user.update_access": (id) => ({ people: [id] }),
  "group.update": (groupId) => ({ groupId }),
  "group.update_roles": (groupId) => ({ groupId }),
  "group.delete": (groupId) => ({ groupId }),
  "role.update": (roleId) => ({ roleId }),
};

/** Who gains and who loses what by a change; null for one that is not compared. */
export async function accessChanges(ctx: Ctx, command: Command<z.ZodType, unknown>, input: unknown) {
  const affects = affected[command.key];
  if (!affects) return null;
  const { people, gains, loses } = await previewChange(ctx, command, input, affects((input as { id: string }).id));
  return { people: { value: people.count, exact: !people.over }, gains, loses };
}
