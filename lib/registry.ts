import * as clients from "@/lib/clients/commands";
import * as registration from "@/lib/clients/register";
import * as invitations from "@/lib/invitations/commands";
import type { AnyCommand } from "@/lib/kernel/command";
import * as sessions from "@/lib/sessions/commands";
import * as archive from "@/lib/users/commands/archive";
import * as create from "@/lib/users/commands/create";
import * as disable from "@/lib/users/commands/disable";
import * as purge from "@/lib/users/commands/purge";
import * as restore from "@/lib/users/commands/restore";
import * as unlock from "@/lib/users/commands/unlock";
import * as update from "@/lib/users/commands/update";
import * as updateAccess from "@/lib/users/commands/update-access";

/** A module is listed here by hand; a test compares them with the sources. */
const modules: object[] = [
  archive,
  clients,
  create,
  disable,
  invitations,
  purge,
  registration,
  restore,
  sessions,
  unlock,
  update,
  updateAccess,
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
