/** What opens something in somebody's name, by what it is called and by what ends with it. Safe for the browser. */
export const credentialKinds = {
  access_token: {
    label: "access token",
    several: "access tokens",
    ends: "Whatever uses it is refused at its next request.",
  },
  client: {
    label: "client",
    several: "clients",
    ends: "It is deregistered: its next call is refused, with the reason.",
  },
  provision_token: {
    label: "provision token",
    several: "provision tokens",
    ends: "Its client is deregistered, and cannot register by it.",
  },
  session: { label: "session", several: "sessions", ends: "Whoever uses it has to sign in again." },
  invitation: { label: "invitation", several: "invitations", ends: "Its link opens nothing any more." },
  password_reset: { label: "reset link", several: "reset links", ends: "It opens nothing any more." },
} as const;

export type CredentialKind = keyof typeof credentialKinds;
export const kindKeys = Object.keys(credentialKinds) as CredentialKind[];
