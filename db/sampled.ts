import { sql } from "drizzle-orm";

/** One person of so many stands in small indexes of those who hold and who are in something, which tell whether they surely are more than are counted. */
export const sampledPeople = 16;

/** One of so many stands in an index of the texts that are searched, which tells about how many a search finds. */
export const sampledTexts = 512;

/**
 * Whether the person whom a column names is one of so many, a power of two: by a hash of their id, so that they are spread evenly, however ids
 * are made, and always the same. As the partial indexes have it.
 */
export const isSampled = (column: string, one: number) => sql.raw(`(uuid_hash(${column}) & ${one - 1}) = 0`);
