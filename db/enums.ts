/** Closed sets of words that are stored, and bounds. The one file of db/ that the browser may reach, through lib/<noun>/schema. */
export const userStatuses = ["invited", "active", "disabled", "archived"] as const;
export const shownStatuses = ["active", "invited", "disabled", "locked", "archived"] as const;
export const clientStatuses = ["provisioned", "registered", "deregistered"] as const;
export const connections = ["never contacted", "awaiting client", "online", "offline", "stale"] as const;
export const roleKinds = ["primary", "additional"] as const;
export const scopes = ["all", "reports", "owned_groups", "self"] as const;
export const outcomes = ["succeeded", "refused", "failed"] as const;
export const actorKinds = ["person", "token", "service_account", "operator", "client", "provider", "nobody"] as const;
export const targetKinds = [
  "user",
  "client",
  "token",
  "session",
  "group",
  "role",
  "app_operation",
  "service_account",
  "resource",
  "identity_provider",
  "identity",
  "setting",
  "invitation",
  "password",
  "email",
  "factor",
  "mail",
  "setup",
  "audit",
  "view",
] as const;
export const sessionEndings = [
  "signed_out",
  "replaced",
  "ended",
  "signed_out_by_provider",
  "password_changed",
  "wrong_proofs",
  "disabled",
  "archived",
  "expired",
  "idle",
] as const;

/** `tested`: signed in by with the present settings, and not enabled yet. */
export const providerStates = ["draft", "tested", "enabled", "disabled"] as const;
export const providerKinds = ["oidc"] as const;
export const providerPresets = ["entra", "okta", "google", "keycloak", "auth0", "any"] as const;

export const sessionStages = ["open", "second_factor", "enrol_factor", "new_password"] as const;
export const linkPurposes = ["invitation", "password_reset", "email_change"] as const;
export const mailStatuses = ["waiting", "sent", "failed", "cancelled"] as const;
export const handoverKinds = ["report", "group", "service_account", "resource"] as const;
export const unknownProofs = [
  "session.refuse",
  "client.register",
  "client.refuse",
  "password.request",
  "token.use",
] as const;

/** In which dates lie (U1). */
export const [firstYear, lastYear] = [2000, 2199] as const;

export const presetKeys = ["quality_assurance", "agent_life_cycle", "back_office"] as const;

export type UserStatus = (typeof userStatuses)[number];
export type ShownStatus = (typeof shownStatuses)[number];
export type ClientStatus = (typeof clientStatuses)[number];
export type Connection = (typeof connections)[number];
export type RoleKind = (typeof roleKinds)[number];
export type Scope = (typeof scopes)[number];
export type Outcome = (typeof outcomes)[number];
export type ActorKind = (typeof actorKinds)[number];
export type TargetKind = (typeof targetKinds)[number];
export type ProviderState = (typeof providerStates)[number];
export type ProviderPreset = (typeof providerPresets)[number];
export type SessionStage = (typeof sessionStages)[number];
export type LinkPurpose = (typeof linkPurposes)[number];
export type MailStatus = (typeof mailStatuses)[number];
export type HandoverKind = (typeof handoverKinds)[number];
export type SessionEnding = (typeof sessionEndings)[number];
