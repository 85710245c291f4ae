/** `also`: other words by which it is looked for. */
type AccountPage = { href: string; label: string; also?: string };

/** The tabs of "My profile", which are open to everybody who is signed in. */
export const accountPages: readonly [AccountPage, ...AccountPage[]] = [
  { href: "/account", label: "Details" },
  { href: "/account/security", label: "Security" },
  { href: "/account/clients", label: "Token Management", also: "clients" },
  { href: "/account/tokens", label: "Access tokens" },
  { href: "/account/api", label: "API reference" },
  { href: "/account/sessions", label: "Sessions" },
  { href: "/account/activity", label: "Activity" },
  { href: "/account/access", label: "My access" },
];
