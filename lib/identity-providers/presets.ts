import type { ProviderPreset } from "@/db/enums";
import type { ClaimMapping } from "@/db/schema";

/** What a ready setting fills in. `address` has the parts in braces that somebody puts their own for. */
export type PresetSettings = { name: string; address: string; scopes: string[]; mapping: ClaimMapping };

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
  },
  okta: {
    name: "Okta",
    address: `https://{domain}${path}`,
    scopes,
    mapping: { username: "preferred_username", ...standard },
  },
  google: {
    name: "Google",
    address: `https://accounts.google.com${path}`,
    scopes,
    mapping: { username: "email", ...standard },
  },
  keycloak: {
    name: "Keycloak",
    address: `https://{host}/realms/{realm}${path}`,
    scopes,
    mapping: { username: "preferred_username", ...standard },
  },
  auth0: {
    name: "Auth0",
    address: `https://{tenant}.auth0.com${path}`,
    scopes,
    mapping: { username: "nickname", ...standard },
  },
  any: {
    name: "OpenID Connect",
    address: `https://{issuer}${path}`,
    scopes,
    mapping: { username: "preferred_username", ...standard },
  },
};
