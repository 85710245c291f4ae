import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { withoutInvisible } from "@/lib/normalization/characters";
import { isId } from "@/lib/normalization/id";
import { soughtIn } from "@/lib/normalization/search";

/**
 * `isFound` as a condition on a column that `searchText` made, for its trigram index; with `id` a pasted id finds by that
 * column. Null when nothing was typed.
 */
export function foundIn(column: SQLWrapper, q: string, id?: SQLWrapper): SQL | null {
  const pasted = withoutInvisible(q).trim();
  if (id && isId(pasted)) return sql`${id} = ${pasted.toLowerCase()}`;
  const sought = soughtIn(q);
  if (!sought) return null;
  const holds = (text: string) => sql`${column} like ${`%${text.replace(/[\\%_]/g, "\\$&")}%`}`;
  const words = sought.words.map((forms) => sql`(${sql.join(forms.map(holds), sql` or `)})`);
  const [only] = words;
  if (words.length === 1 && only) return only;
  return sql`(${holds(sought.phrase)} or (${sql.join(words, sql` and `)}))`;
}
