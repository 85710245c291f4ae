/** When an access token was used last, as lists sort by it: whatever was never used stands before all others. */
export const tokenLastUse = "coalesce(access_tokens.last_used_at, '-infinity'::timestamptz)";
