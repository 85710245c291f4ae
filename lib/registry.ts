import * as appOperations from "@/lib/app-operations/commands";
import * as clients from "@/lib/clients/commands";
import * as registerClient from "@/lib/clients/register";
import * as addMember from "@/lib/groups/commands/add-member";
import * as createGroup from "@/lib/groups/commands/create";
import * as deleteGroup from "@/lib/groups/commands/delete";
import * as removeMember from "@/lib/groups/commands/remove-member";
import * as updateGroup from "@/lib/groups/commands/update";
import type { AnyCommand } from "@/lib/kernel/command";
import * as mail from "@/lib/mail/commands";
import * as addPreset from "@/lib/roles/commands/add-preset";
import * as createRole from "@/lib/roles/commands/create";
import * as deleteRole from "@/lib/roles/commands/delete";
import * as updateRole from "@/lib/roles/commands/update";
import * as settings from "@/lib/settings/commands";

/** A module is listed here by hand; a test compares them with the sources. */
const modules: object[] = [
  ...[appOperations, clients, registerClient, mail, settings],
  ...[addMember, createGroup, deleteGroup, removeMember, updateGroup],
  ...[addPreset, createRole, deleteRole, updateRole],
];

const isCommand = (one: unknown): one is AnyCommand => typeof one === "function" && "steps" in one;

/** Every command there is: what edges that are not written one by one read, and tests. */
export const commands: readonly AnyCommand[] = modules.flatMap((module) => Object.values(module).filter(isCommand));

export const commandByKey = byKey(commands);

/** Throws when two commands have one key: one of them would be out of reach. */
export function byKey(all: readonly AnyCommand[]): ReadonlyMap<string, AnyCommand> {
  const found = new Map<string, AnyCommand>();
  for (const command of all) {
    if (found.has(command.key)) throw new Error(`Two commands have the key "${command.key}"`);
    found.set(command.key, command);
  }
  return found;
}
