/** What is entered at a provider, letter by letter. */
export type ProviderAddresses = {
  /** Where a sign-in leads back to. */
  redirect: string;
  /** Where a sign-out there leads back to (OpenID Connect RP-Initiated Logout 1.0). */
  signedOut: string;
  /** Where it reports a sign-out there (OpenID Connect Back-Channel Logout 1.0). */
  logout: string;
  /** Where portals lead: a sign-in through this provider begins there. */
  start: string;
};

/** `origin`: the public address of this Gatehouse. */
export const addressesOf = (origin: string, slug: string): ProviderAddresses => ({
  redirect: `${origin}/api/auth/callback/${slug}`,
  signedOut: `${origin}/signed-out`,
  logout: `${origin}/api/auth/backchannel-logout/${slug}`,
  start: `${origin}/sign-in/${slug}`,
});
