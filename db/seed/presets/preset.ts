import type { presetKeys, RoleKind, Scope } from "../../enums";

export type PresetKey = (typeof presetKeys)[number];

export type PresetOperation = { operation: string; scope: Scope };

export type PresetRole = {
  name: string;
  description: string;
  kind: RoleKind;
  /** Place on the ladder of primary roles; 1 is highest. */
  rank: number | null;
  /** The built-in Admin: its operations are computed, so none are listed. */
  admin?: true;
  /** Names of the primary roles that it may be combined with; none means any. */
  combinesWith?: string[];
  operations: PresetOperation[];
};

/** A set of roles to begin with. `appOperations` are those of the product that uses Gatehouse. */
export type Preset = {
  key: PresetKey;
  name: string;
  description: string;
  appOperations: { key: string; sentence: string }[];
  roles: PresetRole[];
};

export const at = (scope: Scope, ...operations: string[]): PresetOperation[] =>
  operations.map((operation) => ({ operation, scope }));

/** What anybody may do with their own account: the floor of every primary role. */
export const ownAccount = at(
  "self",
  "account.update",
  "client.read",
  "client.generate",
  "client.confirm",
  "client.deregister",
  "client.reregister",
  "client.renew",
  "client.rename",
  "token.read",
  "token.create",
  "token.regenerate",
  "token.revoke",
  "service_account.read",
  "service_account.issue_token",
  "session.read",
  "session.end",
);

export const auditor: PresetRole = {
  name: "Auditor",
  description: "Sees everything and changes nothing.",
  kind: "additional",
  rank: null,
  operations: at(
    "all",
    "user.read",
    "client.read",
    "token.read",
    "service_account.read",
    "session.read",
    "group.read",
    "resource.read",
    "role.read",
    "audit.read",
    "setting.read",
    "mail.read",
    "identity_provider.read",
  ),
};

/** The built-in Admin under the name and with the primary roles that a preset gives it. */
export const admin = (name: string, combinesWith: string[]): PresetRole => ({
  name,
  description: "Can do everything, including what is added later.",
  kind: "additional",
  rank: null,
  admin: true,
  combinesWith,
  operations: [],
});
