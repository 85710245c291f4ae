import * as account from "@/lib/account/commands";
import * as confirmEmail from "@/lib/account/confirm-email";
import * as exportOwnData from "@/lib/account/export";
import * as picture from "@/lib/account/picture";
import * as preferences from "@/lib/account/preferences";
import * as ownProof from "@/lib/account/proof";
import * as exportEvents from "@/lib/audit/export";
import * as signIn from "@/lib/auth/sign-in";
import * as startSession from "@/lib/auth/start-session";
import * as clients from "@/lib/clients/commands";
import * as registration from "@/lib/clients/register";
import * as addFactor from "@/lib/factors/commands/add";
import * as finishEnrolment from "@/lib/factors/commands/enrol";
import * as removeFactor from "@/lib/factors/commands/remove";
import * as resetFactors from "@/lib/factors/commands/reset";
import * as signInWithPasskey from "@/lib/factors/commands/sign-in";
import * as verifySession from "@/lib/factors/commands/verify";
import type { AnyCommand } from "@/lib/kernel/command";
import * as redeemReset from "@/lib/passwords/commands/redeem";
import * as requestPassword from "@/lib/passwords/commands/request";
import * as resetPassword from "@/lib/passwords/commands/reset";
import * as setup from "@/lib/setup/commands";

/** A module is listed here by hand; a test compares them with the sources. */
const modules: object[] = [
  ...[account, confirmEmail, exportOwnData, ownProof, picture, preferences],
  ...[exportEvents],
  ...[signIn, startSession],
  ...[clients, registration],
  ...[addFactor, finishEnrolment, removeFactor, resetFactors, signInWithPasskey, verifySession],
  ...[redeemReset, requestPassword, resetPassword],
  ...[setup],
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
