import { sql } from "drizzle-orm";

/** One person of so many is in small indexes of holders and members, which show whether there are certainly more than are counted. */
export const sampledPeople = 16;

/** One of so many is in an index of the searched texts, which estimates how many a search finds. */
export const sampledTexts = 512;

/**
 * Whether the person whom a column names is one of so many, a power of two: by a hash of their id, so that they are spread evenly, however ids
 * are made, and always the same. As the partial indexes have it.
 */
export const isSampled = (column: string, one: number) => sql.raw(`(uuid_hash(${column}) & ${one - 1}) = 0`);
