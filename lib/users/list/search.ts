import { type SQL, sql } from "drizzle-orm";
import { isId } from "@/lib/query";
import { foldText } from "@/lib/users/names";

const escaped = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/**
 * What is typed into the one search box, as a condition on `users` (U3). A pasted id finds by id; one or two letters
 * by the beginning of a word, which trigrams know; more by any part. Several words may stand in any order.
 */
export function searchCondition(q: string): SQL | null {
  if (isId(q)) return sql`users.id = ${q.toLowerCase()}`;
  const text = foldText(q).replace(/\s+/g, " ").trim();
  if (!text) return null;
  const words = text.split(" ").slice(0, 6);
  if (words.length === 1) return holds(text);
  return sql`(${holds(text)} or (${sql.join(words.map(holds), sql` and `)}))`;
}

const holds = (part: string) =>
  part.length < 3 ? sql`users.search like ${`% ${escaped(part)}%`}` : sql`users.search like ${`%${escaped(part)}%`}`;
