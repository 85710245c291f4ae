/** When an access token was used last, as lists sort by it: tokens that were never used come before all others. */
export const tokenLastUse = "coalesce(access_tokens.last_used_at, '-infinity'::timestamptz)";

/** When it ends; a token without an end comes after all others. Indexes include it, so that what has expired is passed over in them. */
export const tokenEnd = "coalesce(access_tokens.expires_at, 'infinity'::timestamptz)";
