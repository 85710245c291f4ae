import type { Scope } from "@/db/enums";

/**
 * The catalogue. One string is the permission key, the audit verb and the log key.
 * `scopes`: on whom it may be given, widest first; none means that no role carries it, its own proof opens it.
 * `under`: the operation whose holder may do this too.
 * `personal`: R13, only on people who hold no more than the actor.
 * `grants`: it can cause somebody to hold more, so it must declare what (R8).
 * `administrators`: it could lessen the number of administrators (U15).
 * `fresh`: wants a proof of who one is from the last ten minutes (S8), as does whatever gives somebody more.
 * `everything`: it hands over other people's credentials or decides who signs in (R15). No role carries it: whoever
 * holds everything else at its widest scope, without an end, has it.
 */
type Operation = {
  noun: string;
  sentence: string;
  scopes: readonly Scope[];
  under?: string;
  personal?: true;
  grants?: true;
  administrators?: true;
  fresh?: true;
  everything?: true;
};

const people = ["all", "reports", "owned_groups"] as const;
const owned = ["all", "owned_groups"] as const;
const peopleAndSelf = ["all", "reports", "owned_groups", "self"] as const;
const everything = ["all"] as const;
const own = ["self"] as const;
const proven = [] as const;

export const operations = {
  "account.update": { noun: "Own account", sentence: "Edit one's own name, email and password", scopes: own },
  "account.export": {
    noun: "Own account",
    sentence: "Download one's own data",
    scopes: own,
    under: "account.update",
    fresh: true,
  },

  "user.read": { noun: "Users", sentence: "See a user", scopes: people },
  "user.create": { noun: "Users", sentence: "Create a user", scopes: everything, grants: true },
  "user.update": {
    noun: "Users",
    sentence: "Edit a user",
    scopes: people,
    personal: true,
    grants: true,
    administrators: true,
  },
  "user.disable": {
    noun: "Users",
    sentence: "Disable a user",
    scopes: people,
    personal: true,
    administrators: true,
  },
  "user.enable": { noun: "Users", sentence: "Enable a user", scopes: people, personal: true },
  "user.unlock": { noun: "Users", sentence: "Unlock a user", scopes: people },
  "user.archive": {
    noun: "Users",
    sentence: "Remove a user",
    scopes: people,
    personal: true,
    grants: true,
    administrators: true,
  },
  "user.restore": { noun: "Users", sentence: "Restore a removed user", scopes: people, personal: true, grants: true },
  "user.purge": {
    noun: "Users",
    sentence: "Erase a removed user for good",
    scopes: everything,
    personal: true,
    fresh: true,
  },

  "invitation.send": {
    noun: "Users",
    sentence: "Send an invitation",
    scopes: people,
    personal: true,
    fresh: true,
  },
  "invitation.revoke": { noun: "Users", sentence: "Revoke an invitation", scopes: people, under: "invitation.send" },
  "invitation.accept": { noun: "Users", sentence: "Accept an invitation", scopes: proven },
  "password.reset": { noun: "Users", sentence: "Reset a user's password", scopes: people, personal: true, fresh: true },
  "password.request": { noun: "Own account", sentence: "Ask for a new password", scopes: proven },
  "password.redeem": { noun: "Own account", sentence: "Set a password by link", scopes: proven },
  "email.confirm": { noun: "Own account", sentence: "Confirm an address", scopes: proven },
  "factor.reset": {
    noun: "Users",
    sentence: "Reset a user's second factors",
    scopes: people,
    personal: true,
    fresh: true,
  },
  "factor.add": {
    noun: "Own account",
    sentence: "Add a second factor",
    scopes: own,
    under: "account.update",
    fresh: true,
  },
  "factor.remove": {
    noun: "Own account",
    sentence: "Remove a second factor",
    scopes: own,
    under: "account.update",
    fresh: true,
  },
  "factor.renew": {
    noun: "Own account",
    sentence: "Make new recovery codes",
    scopes: own,
    under: "account.update",
    fresh: true,
  },

  "client.read": { noun: "Clients", sentence: "See a user's clients", scopes: peopleAndSelf },
  "client.manage": { noun: "Clients", sentence: "Manage a user's clients", scopes: people },
  "client.generate": {
    noun: "Clients",
    sentence: "Generate a client and its token",
    scopes: peopleAndSelf,
    under: "client.manage",
    fresh: true,
  },
  "client.confirm": {
    noun: "Clients",
    sentence: "Confirm that a token is stored",
    scopes: peopleAndSelf,
    under: "client.manage",
  },
  "client.deregister": {
    noun: "Clients",
    sentence: "Deregister a client",
    scopes: peopleAndSelf,
    under: "client.manage",
  },
  "client.reregister": {
    noun: "Clients",
    sentence: "Reregister a client",
    scopes: peopleAndSelf,
    under: "client.manage",
    fresh: true,
  },
  "client.reprovision": {
    noun: "Clients",
    sentence: "Reprovision a client",
    scopes: people,
    under: "client.manage",
    fresh: true,
  },
  "client.register": { noun: "Clients", sentence: "Register with a provision token", scopes: proven },

  "session.read": { noun: "Sessions", sentence: "See a user's sessions", scopes: peopleAndSelf },
  "session.end": { noun: "Sessions", sentence: "End a user's session", scopes: peopleAndSelf, personal: true },
  "session.start": { noun: "Sessions", sentence: "Sign in", scopes: proven },
  "session.refuse": { noun: "Sessions", sentence: "Refuse a sign-in", scopes: proven },
  "session.verify": { noun: "Sessions", sentence: "Prove who one is again", scopes: proven },
  "session.sign_out": { noun: "Sessions", sentence: "Sign out", scopes: proven },

  "group.read": { noun: "Groups", sentence: "See a group", scopes: owned },
  "group.create": { noun: "Groups", sentence: "Create a group", scopes: everything, grants: true },
  "group.update": {
    noun: "Groups",
    sentence: "Edit a group and its roles",
    scopes: owned,
    grants: true,
    administrators: true,
  },
  "group.delete": { noun: "Groups", sentence: "Delete a group", scopes: owned, administrators: true },
  "group.add_member": {
    noun: "Groups",
    sentence: "Add a member to a group",
    scopes: owned,
    personal: true,
    grants: true,
    administrators: true,
  },
  "group.remove_member": {
    noun: "Groups",
    sentence: "Remove a member from a group",
    scopes: owned,
    personal: true,
    administrators: true,
  },

  "role.read": { noun: "Roles", sentence: "See roles and their operations", scopes: everything },
  "role.create": { noun: "Roles", sentence: "Create a role", scopes: everything, grants: true },
  "role.update": { noun: "Roles", sentence: "Edit a role", scopes: everything, grants: true, administrators: true },
  "role.delete": { noun: "Roles", sentence: "Delete a role", scopes: everything },
  "role.install": { noun: "Roles", sentence: "Add a role preset", scopes: everything, grants: true },
  "app_operation.declare": {
    noun: "App operations",
    sentence: "Declare operations of the product",
    scopes: everything,
  },
  "app_operation.remove": {
    noun: "App operations",
    sentence: "Remove an operation of the product",
    scopes: everything,
  },

  "audit.read": { noun: "Audit log", sentence: "Read the audit log", scopes: people },
  "audit.export": {
    noun: "Audit log",
    sentence: "Export the audit log",
    scopes: everything,
    under: "audit.read",
    fresh: true,
  },
  "setting.read": { noun: "Settings", sentence: "See the settings", scopes: everything },
  "setting.update": { noun: "Settings", sentence: "Change a setting", scopes: everything, fresh: true },
  "mail.configure": {
    noun: "Mail",
    sentence: "Set how mail is sent",
    scopes: everything,
    fresh: true,
    everything: true,
  },
  "mail.read": { noun: "Mail", sentence: "Read the mail log", scopes: everything },
  "mail.retry": { noun: "Mail", sentence: "Send a mail again", scopes: everything, under: "setting.update" },
  "mail.test": { noun: "Mail", sentence: "Send oneself a test", scopes: everything, under: "setting.update" },
  "setup.complete": { noun: "Setup", sentence: "Set up Gatehouse", scopes: proven },
} as const satisfies Record<string, Operation>;

export type OperationKey = keyof typeof operations;
export type GrantingOperation = {
  [K in OperationKey]: (typeof operations)[K] extends { grants: true } ? K : never;
}[OperationKey];

export const operationKeys = Object.keys(operations) as OperationKey[];

export const operationOf = (key: OperationKey): Operation => operations[key];

export const isOperation = (key: string): key is OperationKey => Object.hasOwn(operations, key);

/** What roles can carry: an operation that its own proof opens, or that takes everything, is given by no role. */
export const carriedKeys = operationKeys.filter((key) => operationOf(key).scopes.length > 0 && !takesEverything(key));

export const everythingKeys = operationKeys.filter(takesEverything);

export function takesEverything(key: string): boolean {
  return isOperation(key) && operationOf(key).everything === true;
}
