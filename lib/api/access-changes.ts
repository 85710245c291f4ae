import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import type { Command } from "@/lib/kernel/command";
import { type Affected, type PreviewLine, previewChange } from "@/lib/previews/preview";

/** Whose access a command can change, for those of which a page shows it before it is saved (R9), by key. */
const affected: Record<string, (input: Record<"id" | "userId", string>) => Affected> = {
  "user.update": ({ id }) => ({ people: [id] }),
  "user.update_access": ({ id }) => ({ people: [id] }),
  "user.archive": ({ id }) => ({ people: [id] }),
  "group.update": ({ id }) => ({ groupId: id }),
  "group.update_roles": ({ id }) => ({ groupId: id }),
  "group.delete": ({ id }) => ({ groupId: id }),
  "group.add_member": ({ userId }) => ({ people: [userId] }),
  "group.remove_member": ({ userId }) => ({ people: [userId] }),
  "role.update": ({ id }) => ({ roleId: id }),
};

/** Who gains and who loses what by a change; null for one that is not compared. */
export async function accessChanges(ctx: Ctx, command: Command<z.ZodType, unknown>, input: unknown) {
  const affects = affected[command.key];
  if (!affects) return null;
  const preview = await previewChange(ctx, command, input, affects(input as Record<"id" | "userId", string>));
  const { people, gains, loses, accounts } = preview;
  const byAccount = ({ people: shown, ...line }: PreviewLine) => ({ ...line, serviceAccounts: shown });
  return {
    people: { value: people.count, exact: !people.over },
    ...{ gains, loses },
    serviceAccounts: {
      changed: { value: accounts.count, exact: !accounts.over },
      gains: accounts.gains.map(byAccount),
      loses: accounts.loses.map(byAccount),
    },
  };
}
