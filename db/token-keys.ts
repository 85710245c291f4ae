/** When an access token was used last, as lists sort by it: whatever was never used stands before all others. */
export const tokenLastUse = "coalesce(access_tokens.last_used_at, '-infinity'::timestamptz)";

/** When it ends; one without an end stands behind all others. Indexes hold it, so that what has expired is passed over in them. */
export const tokenEnd = "coalesce(access_tokens.expires_at, 'infinity'::timestamptz)";
