import type { ProviderPreset } from "@/db/enums";
import type { ClaimMapping } from "@/db/schema";

/** What a ready setting fills in. `address` has the parts in braces that somebody puts their own for. */
export type PresetSettings = {
  name: string;
  address: string;
  scopes: string[];
  mapping: ClaimMapping;
  /** How the provider sends groups, and what the values are. */
  groupsHint: string;
};

const scopes = ["openid", "email", "profile"];
const standard = { email: "email", firstName: "given_name", lastName: "family_name" };
const path = "/.well-known/openid-configuration";

/** What a provider is, in words. */
export const kindWords = (preset: ProviderPreset) =>
  preset === "any" ? "OpenID Connect" : `${providerSettings[preset].name}, OpenID Connect`;

export const providerSettings: Record<ProviderPreset, PresetSettings> = {
  entra: {
    name: "Microsoft Entra ID",
    address: `https://login.microsoftonline.com/{tenant id}/v2.0${path}`,
    scopes,
    mapping: { username: "preferred_username", ...standard },
    groupsHint:
      'Such as groups, added under "Token configuration". The values are object ids; above 200 groups Entra ID sends none.',
  },
  okta: {
    name: "Okta",
    address: `https://{domain}${path}`,
    scopes,
    mapping: { username: "preferred_username", ...standard },
    groupsHint:
      'Such as groups, added to the ID token under "Sign On" of the app. The values are names, as its filter lets them through.',
  },
  google: {
    name: "Google",
    address: `https://accounts.google.com${path}`,
    scopes,
    mapping: { username: "email", ...standard },
    groupsHint: "Google sends no groups through OpenID Connect.",
  },
  keycloak: {
    name: "Keycloak",
    address: `https://{host}/realms/{realm}${path}`,
    scopes,
    mapping: { username: "preferred_username", ...standard },
    groupsHint:
      'Such as groups, by a mapper "Group Membership". The values are paths such as /staff while "Full group path" is on.',
  },
  auth0: {
    name: "Auth0",
    address: `https://{tenant}.auth0.com${path}`,
    scopes,
    mapping: { username: "nickname", ...standard },
    groupsHint: "Such as https://example.com/groups, added to the ID token by an action.",
  },
  any: {
    name: "OpenID Connect",
    address: `https://{issuer}${path}`,
    scopes,
    mapping: { username: "preferred_username", ...standard },
    groupsHint: "A claim that contains a list of texts, such as groups.",
  },
};
