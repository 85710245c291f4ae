import { sql } from "drizzle-orm";

/** One parameter for all ids. It is an array from the start, not a text that would be read again for each row. */
export const idArray = (ids: string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;
