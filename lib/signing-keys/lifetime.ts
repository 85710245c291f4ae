const minute = 60_000;
const day = 24 * 60 * minute;

/** By which algorithm access tokens are signed (RFC 7518): of the two that we could choose that which every library supports. */
export const signingAlgorithm = "ES256";

/** How long an access token lasts; milliseconds. */
export const tokenLifetime = 10 * minute;

/** For how long a key signs. */
export const signsFor = 30 * day;

/** How long before it signs it is published, since others keep what they have read for minutes or hours. */
export const publishedBefore = day;

/** For how long a key is published after the next one signs: until what it signed has ended, whatever the clocks of the processes say. */
export const publishedAfter = tokenLifetime + 60 * minute;
