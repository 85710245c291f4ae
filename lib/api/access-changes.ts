import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import type { Command } from "@/lib/kernel/command";
import { type Affected, type PreviewLine, previewChange, type ReachLine } from "@/lib/previews/preview";

type Input = Record<"id" | "userId" | "username", string>;

/** Whose access a command can change, for those of which a page shows it before it is saved (R9), by key. */
const affected: Record<string, (input: Input) => Affected> = {
  "user.create": ({ username }) => ({ username }),
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
  const preview = await previewChange(ctx, command, input, affects(input as Input));
  const { people, administrators, gains, loses, reach, accounts } = preview;
  const byAccount = (line: PreviewLine) => ({ ...withEnd(line), serviceAccounts: line.people });
  return {
    people: { value: people.count, exact: !people.over },
    administrators,
    gains: gains.map(withEnd),
    loses: loses.map(withEnd),
    reach: { gains: reachLines(reach.gains), loses: reachLines(reach.loses) },
    serviceAccounts: {
      changed: { value: accounts.count, exact: !accounts.over },
      gains: accounts.gains.map(byAccount),
      loses: accounts.loses.map(byAccount),
    },
  };
}

/** A moment or none: another field says that there are several. */
const withEnd = (line: PreviewLine) => ({
  ...line,
  until: line.until === "several" ? null : line.until,
  severalEnds: line.until === "several",
});

const shown = 10;

/** People who gain the same reach over equally many are grouped; people out of sight are only counted (R11). */
function reachLines(lines: ReachLine[]) {
  const alike = new Map<string, ReachLine[]>();
  for (const line of lines) {
    const key = JSON.stringify([line.over, line.operations]);
    alike.set(key, [...(alike.get(key) ?? []), line]);
  }
  return [...alike.values()].flatMap((together) => {
    const [first] = together;
    if (!first) return [];
    const people = together.flatMap(({ person }) => person ?? []).toSorted((a, b) => a.name.localeCompare(b.name));
    const { operations, over } = first;
    return [{ operations, over, count: together.length, people: people.slice(0, shown) }];
  });
}
