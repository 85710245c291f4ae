import * as columns from "@/lib/account/columns";
import * as account from "@/lib/account/commands";
import * as confirmEmail from "@/lib/account/confirm-email";
import * as exportOwnData from "@/lib/account/export";
import * as picture from "@/lib/account/picture";
import * as appOperations from "@/lib/app-operations/commands";
import * as exportEvents from "@/lib/audit-log/export";
import * as refuseClient from "@/lib/client-tokens/refuse";
import * as revokeToken from "@/lib/client-tokens/revoke";
import * as clients from "@/lib/clients/commands";
import * as noticeCopy from "@/lib/clients/copied";
import * as registration from "@/lib/clients/register";
import * as addFactor from "@/lib/factors/commands/add";
import * as finishEnrolment from "@/lib/factors/commands/enrol";
import * as removeFactor from "@/lib/factors/commands/remove";
import * as resetFactors from "@/lib/factors/commands/reset";
import * as verifySession from "@/lib/factors/commands/verify";
import * as ownProof from "@/lib/factors/current-password";
import * as addMember from "@/lib/groups/commands/add-member";
import * as createGroup from "@/lib/groups/commands/create";
import * as deleteGroup from "@/lib/groups/commands/delete";
import * as removeMember from "@/lib/groups/commands/remove-member";
import * as updateGroup from "@/lib/groups/commands/update";
import * as createProvider from "@/lib/identity-providers/commands/create";
import * as bringGroups from "@/lib/identity-providers/commands/groups";
import * as linkIdentity from "@/lib/identity-providers/commands/link";
import * as matchIdentity from "@/lib/identity-providers/commands/match";
import * as onlyProvider from "@/lib/identity-providers/commands/only";
import * as prepareLink from "@/lib/identity-providers/commands/prepare-link";
import * as provisionUser from "@/lib/identity-providers/commands/provision";
import * as redeemLink from "@/lib/identity-providers/commands/redeem-link";
import * as providerState from "@/lib/identity-providers/commands/state";
import * as unlinkIdentity from "@/lib/identity-providers/commands/unlink";
import * as updateProvider from "@/lib/identity-providers/commands/update";
import * as invitations from "@/lib/invitations/commands";
import type { AnyCommand } from "@/lib/kernel/command";
import * as mail from "@/lib/mail/commands";
import * as redeemReset from "@/lib/passwords/commands/redeem";
import * as requestPassword from "@/lib/passwords/commands/request";
import * as resetPassword from "@/lib/passwords/commands/reset";
import * as revokeResetLink from "@/lib/passwords/commands/revoke-link";
import * as deleteResource from "@/lib/resources/commands/delete";
import * as registerResource from "@/lib/resources/commands/register";
import * as updateResource from "@/lib/resources/commands/update";
import * as addPreset from "@/lib/roles/commands/add-preset";
import * as createRole from "@/lib/roles/commands/create";
import * as deleteRole from "@/lib/roles/commands/delete";
import * as updateRole from "@/lib/roles/commands/update";
import * as createAccount from "@/lib/service-accounts/commands/create";
import * as deleteAccount from "@/lib/service-accounts/commands/delete";
import * as issueAccountToken from "@/lib/service-accounts/commands/issue-token";
import * as accountState from "@/lib/service-accounts/commands/state";
import * as updateAccount from "@/lib/service-accounts/commands/update";
import * as sessions from "@/lib/sessions/commands";
import * as settings from "@/lib/settings/commands";
import * as setup from "@/lib/setup/commands";
import * as signInWithPasskey from "@/lib/sign-in/by-passkey";
import * as confirmSession from "@/lib/sign-in/providers/confirm";
import * as logout from "@/lib/sign-in/providers/logout";
import * as signInThrough from "@/lib/sign-in/providers/sign-in";
import * as signOutAtProvider from "@/lib/sign-in/providers/sign-out";
import * as signIn from "@/lib/sign-in/sign-in";
import * as startSession from "@/lib/sign-in/start-session";
import * as tokens from "@/lib/tokens/commands";
import * as archiveUser from "@/lib/users/commands/archive";
import * as createUser from "@/lib/users/commands/create";
import * as disableUser from "@/lib/users/commands/disable";
import * as purgeUser from "@/lib/users/commands/purge";
import * as restoreUser from "@/lib/users/commands/restore";
import * as unlockUser from "@/lib/users/commands/unlock";
import * as updateUser from "@/lib/users/commands/update";
import * as updateAccess from "@/lib/users/commands/update-access";
import * as viewAs from "@/lib/users/commands/view-as";
import * as views from "@/lib/views/commands";

/** A module is listed here by hand; a test compares them with the sources. */
const modules: object[] = [
  ...[account, columns, confirmEmail, exportOwnData, ownProof, picture],
  ...[appOperations, mail, settings, setup],
  ...[exportEvents],
  ...[logout, signIn, signInThrough, signOutAtProvider, startSession],
  ...[clients, noticeCopy, refuseClient, registration, revokeToken],
  ...[addFactor, finishEnrolment, removeFactor, resetFactors, signInWithPasskey, verifySession],
  ...[addMember, createGroup, deleteGroup, removeMember, updateGroup],
  ...[
    bringGroups,
    createProvider,
    matchIdentity,
    onlyProvider,
    providerState,
    provisionUser,
    unlinkIdentity,
    updateProvider,
  ],
  ...[confirmSession, linkIdentity, prepareLink, redeemLink],
  ...[invitations],
  ...[redeemReset, requestPassword, resetPassword, revokeResetLink],
  ...[addPreset, createRole, deleteRole, updateRole],
  ...[deleteResource, registerResource, updateResource],
  ...[accountState, createAccount, deleteAccount, issueAccountToken, updateAccount],
  ...[sessions, tokens],
  ...[views],
  ...[archiveUser, createUser, disableUser, purgeUser, restoreUser, unlockUser, updateAccess, updateUser, viewAs],
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
