/** What opens something in somebody's name, by what it is called and by what ends with it. Safe for the browser. */
export const credentialKinds = {
  access_token: {
    label: "access token",
    several: "access tokens",
    ends: "Programs that use it are refused at their next request.",
  },
  client: {
    label: "client",
    several: "clients",
    ends: "It is deregistered, and its next call is refused with the reason.",
  },
  provision_token: {
    label: "provision token",
    several: "provision tokens",
    ends: "Its client is deregistered and cannot register with it.",
  },
  session: { label: "session", several: "sessions", ends: "The user has to sign in again." },
  invitation: { label: "invitation", several: "invitations", ends: "Its link stops working." },
  password_reset: { label: "reset link", several: "reset links", ends: "It stops working." },
} as const;

export type CredentialKind = keyof typeof credentialKinds;
export const kindKeys = Object.keys(credentialKinds) as CredentialKind[];
