import { sql } from "drizzle-orm";
import { foundIn } from "@/lib/normalization/search-condition";

/**
 * What is typed into the one search box, as a condition on `users` (U3). A pasted id finds by id; one or two letters
 * by the beginning of a word; more by any part. Several words may be in any order.
 */
export const searchCondition = (q: string) => foundIn(sql`users.search`, q, sql`users.id`);
