/** When a client last reported, as lists sort by it: clients that never reported come first. */
export const lastContact = "coalesce(clients.last_heartbeat_at, '-infinity'::timestamptz)";

const numbers = "substring(clients.version from '^v?([0-9]{1,9}(?:[.][0-9]{1,9}){0,3})')";

/**
 * The numbers of a client's version, as {2,9,1} for "v2.9.1-beta" and {2,9} for "2.9.0": arrays compare number by number. Null for a
 * version that begins otherwise. An index answers it, so it is made of immutable functions alone.
 */
export const versionKey = `(string_to_array(regexp_replace(${numbers}, '([.]0+)+$', ''), '.')::bigint[])`;
